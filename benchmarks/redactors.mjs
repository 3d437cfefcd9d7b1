// The redactors of texts that are compared, and the limits of the machine they run on.

import { redact as arcjetRedact } from '@arcjet/redact';
import { OpenRedaction } from '@openredaction/core';
import { Redactor as RedactPii } from '@redactpii/node';
import { SyncRedactor } from 'redact-pii';
import { requireCopies } from './package-copies.mjs';
import { redactGated, redactInSequence } from './redaction-regexes.mjs';

/** By id: `load()` gives a function of a text; `async`: it gives a promise. `limit`: no redactor, but what nothing can beat. */
const REDACTORS = {
  genspan: { name: 'genspan', load: loadGenspan },
  gated: { name: '17 regexes, each gated', load: () => redactGated },
  sequence: { name: '17 regexes', load: () => redactInSequence },
  redactpii: {
    name: '@redactpii/node 1.0.17',
    load() {
      const redactor = new RedactPii();
      return (text) => redactor.redact(text);
    },
  },
  'redact-pii': {
    name: 'redact-pii 3.4.0',
    load() {
      const redactor = new SyncRedactor();
      return (text) => redactor.redact(text);
    },
  },
  arcjet: { name: '@arcjet/redact 1.12.0', async: true, load: () => async (text) => (await arcjetRedact(text))[0] },
  openredaction: {
    name: '@openredaction/core 1.1.5',
    async: true,
    load() {
      const redactor = new OpenRedaction();
      return async (text) => (await redactor.detect(text)).redacted;
    },
  },
  characters: { name: 'charCodeAt loop', limit: true, load: () => sumOfCharacters },
  digits: { name: '/\\d{3}/ search', limit: true, load: () => (text) => text.search(/\d{3}/) },
  absent: { name: 'indexOf, absent', limit: true, load: () => (text) => text.indexOf('\u0001') },
};

export const REDACTOR_IDS = Object.keys(REDACTORS);

/** @returns `{ id, name, run, async, limit }`; `{ id, name, missing: true }` when the package is not built */
export function loadRedactor(id) {
  const { name, load, async = false, limit = false } = REDACTORS[id];
  const run = load();
  return run === undefined ? { id, name, missing: true } : { id, name, run, async, limit };
}

function loadGenspan() {
  const { Redactor } = loadRedactionPackage('redactor');
  if (Redactor === undefined) return undefined;
  const redactor = new Redactor();
  return (text) => redactor.redactText(text);
}

/** The package, from a copy made for `id`. */
export function loadRedactionPackage(id) {
  const name = '@genspan/redaction-span-processor';
  return requireCopies(id, [name])(name);
}

function sumOfCharacters(text) {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (sum + text.charCodeAt(i)) | 0;
  return sum;
}
