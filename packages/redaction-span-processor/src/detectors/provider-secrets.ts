import { clue, DIGITS, literal } from '../clue.js';
import {
  ALNUM,
  BASE64,
  BASE64URL,
  classesIn,
  continuesWord,
  DIGIT,
  HEX,
  is,
  LETTER,
  LOWER,
  runEnd,
  runStart,
  TOKEN,
  UPPER,
  UPPER_ALNUM,
} from '../char-class.js';
import type { DetectorName } from '../detector-name.js';
import { isFiller } from '../placeholder.js';
import type { Anchor, TextScan } from '../text-scan.js';

/** How far behind an access key id its secret is looked for. */
const AWS_SECRET_DISTANCE = 200;
const AWS_SECRET_LENGTH = 40;
/** The same of an account's id of Twilio. */
const TWILIO_DISTANCE = 16;
const TWILIO_LENGTH = 32;
const HEX_DIGITS = `${DIGITS}abcdef`;
const SLACK_HOOKS = '://hooks.slack.com/';

/** Secrets of providers that have a shape of their own. */
export const PROVIDER_SECRETS: readonly (Anchor & { readonly detector: DetectorName })[] = [
  { detector: 'aws_secret', clues: [literal('AKIA'), literal('ASIA')], look: lookForAwsSecret },
  { detector: 'twilio_key', clues: [clue(['A', 'C', HEX_DIGITS])], look: lookForTwilioToken },
  { detector: 'azure_key', clues: [clue([DIGITS, 'Q', '~'], 2)], look: lookAtAzureClientSecret },
  { detector: 'azure_key', clues: [literal('JQQJ9')], look: lookAtAzureKey },
  { detector: 'sendgrid_key', clues: [literal('SG.')], look: lookAtSendGridKey },
  { detector: 'slack_token', clues: [literal(SLACK_HOOKS)], look: lookAtSlackWebhook },
];

/** The auth token behind an account's id: `-u AC…:…`. */
function lookForTwilioToken(scan: TextScan, index: number): number {
  const { text } = scan;
  const idEnd = index + 2 + TWILIO_LENGTH;
  if (runEnd(text, index + 2, HEX, idEnd + 1) !== idEnd) return index + 1;
  for (let at = idEnd; at < idEnd + TWILIO_DISTANCE; at++) {
    if (runEnd(text, at, HEX, at + TWILIO_LENGTH + 1) !== at + TWILIO_LENGTH || is(text, at - 1, ALNUM)) continue;
    scan.found('twilio_key', at, at + TWILIO_LENGTH);
    return at + TWILIO_LENGTH;
  }
  return idEnd;
}

/** 40 characters of base64 behind an access key id. */
function lookForAwsSecret(scan: TextScan, index: number): number {
  const { text } = scan;
  const keyEnd = runEnd(text, index, UPPER_ALNUM, index + 21);
  if (keyEnd !== index + 20) return index + 4;
  const limit = Math.min(text.length, keyEnd + AWS_SECRET_DISTANCE);
  for (let at = keyEnd; at < limit; at++) {
    const end = runEnd(text, at, BASE64, limit);
    const start = end - at > AWS_SECRET_LENGTH ? end - AWS_SECRET_LENGTH : at;
    if (end - start === AWS_SECRET_LENGTH && isMixed(text, start, end)) {
      scan.found('aws_secret', start, end);
      return end;
    }
    at = end;
  }
  return keyEnd;
}

function isMixed(text: string, start: number, end: number): boolean {
  const classes = classesIn(text, start, end);
  return (classes & UPPER) !== 0 && (classes & LOWER) !== 0 && (classes & DIGIT) !== 0;
}

/** Client secret of Microsoft Entra ID: three characters, a digit, `Q~`, and 31 to 34 more. */
function lookAtAzureClientSecret(scan: TextScan, index: number): number {
  const { text } = scan;
  const start = runStart(text, index - 2, TOKEN, index - 5);
  const end = runEnd(text, index + 1, TOKEN, index + 35);
  if (index - 2 - start !== 3 || end - index < 30) return index + 1;
  scan.found('azure_key', start, end);
  return end;
}

/** Keys of Azure AI services since 2024: 84 characters with a fixed part in the middle. */
function lookAtAzureKey(scan: TextScan, index: number): number {
  const { text } = scan;
  const start = runStart(text, index, ALNUM, index - 64);
  const end = runEnd(text, index, ALNUM, index + 64);
  if (end - start < 80) return index + 5;
  scan.found('azure_key', start, end);
  return end;
}

/** `SG.`, an id and a secret. */
function lookAtSendGridKey(scan: TextScan, index: number): number {
  const { text } = scan;
  const dot = runEnd(text, index + 3, BASE64URL, index + 64);
  const end = runEnd(text, dot + 1, BASE64URL, dot + 128);
  if (dot - index < 19 || text.charCodeAt(dot) !== 46 || end - dot < 17 || continuesWord(text, index)) return index + 3;
  scan.found('sendgrid_key', index, end);
  return end;
}

/** The path of an incoming webhook is all it takes to post. */
function lookAtSlackWebhook(scan: TextScan, index: number): number {
  const { text } = scan;
  const start = index + SLACK_HOOKS.length;
  const end = runEnd(text, start, TOKEN, start + 256);
  const secret = text.slice(start, end);
  if (!/^(?:services|workflows|triggers)\/[^/]+\/[^/]+/.test(secret) || isFiller(text, start, end)) return start;
  scan.found('slack_token', runStart(text, index, LETTER, index - 8), end);
  return end;
}
