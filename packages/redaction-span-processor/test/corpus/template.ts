import { DETECTOR_NAMES, type DetectorName } from '../../src/detector-name.js';
import { ENCODINGS } from './encodings.js';
import type { Random } from './random.js';
import { makerOf } from './values/registry.js';

/** A secret in a text. */
export interface Label {
  readonly detector: DetectorName;
  /** Index of its first UTF-16 code unit. */
  readonly start: number;
  /** Index behind its last one. */
  readonly end: number;
  /** Reasonable people differ: finding it is not wrong, and neither is leaving it. */
  readonly optional: boolean;
}

/** `⟦email⟧`, `⟦phone:intl⟧`, `⟦?email⟧` (optional), `⟦-:uuid⟧` (no secret), `⟦email:plus|percent⟧` (encoded). */
const PLACEHOLDER = /⟦(\??)([a-z0-9_-]+)(?::([A-Za-z0-9.]+))?((?:\|[a-z0-9]+)*)⟧/g;

/** @throws Error when a placeholder is not understood */
export function fillTemplate(template: string, random: Random): { text: string; labels: readonly Label[] } {
  const labels: Label[] = [];
  let text = '';
  let at = 0;
  for (const found of template.matchAll(PLACEHOLDER)) {
    const [all, mark = '', name = '', variant = 'any', encodings = ''] = found;
    text += template.slice(at, found.index);
    at = found.index + all.length;
    const value = encode(makerOf(name, variant)(random), encodings);
    const detector = DETECTOR_NAMES.find((known) => known === name);
    if (detector !== undefined) {
      labels.push({ detector, start: text.length, end: text.length + value.length, optional: mark === '?' });
    }
    text += value;
  }
  text += template.slice(at);
  if (/[⟦⟧]/.test(text)) throw new Error(`Expected placeholders such as ⟦email:plus⟧, got ${template}`);
  return { text, labels };
}

function encode(value: string, names: string): string {
  return names
    .split('|')
    .filter(Boolean)
    .reduce((text, name) => {
      const encoding = ENCODINGS[name];
      if (encoding === undefined) throw new Error(`Expected an encoding, got ${name}`);
      return encoding(text);
    }, value);
}
