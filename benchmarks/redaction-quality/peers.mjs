// Other ways to redact, on the same texts. They are dependencies of the benchmarks; one that is not installed is skipped.
// Kinds that the corpus does not label (names, streets, postal codes, user names) are switched off where a tool lets us.
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { matchesOfRedacted } from './matches-of-redacted.mjs';

const benchmarks = fileURLToPath(new URL('../', import.meta.url));
const requireFrom = createRequire(import.meta.url);
const MARK = '\u0001';

const PEERS = [
  {
    name: 'seventeen plain patterns',
    async load() {
      const { redactInSequence } = await import(pathToFileURL(`${benchmarks}redaction-regexes.mjs`).href);
      return (text) => matchesOfRedacted(text, redactInSequence(text), '[REDACTED]');
    },
  },
  {
    name: 'openlit, guard PII',
    load() {
      const { PII } = requireFrom('openlit').default;
      const guard = new PII();
      return (text) => {
        const { transformedText } = guard.evaluate(text);
        return matchesOfRedacted(text, (transformedText ?? text).replace(/\[REDACTED:[a-z0-9-]+\]/g, MARK), MARK);
      };
    },
  },
  {
    name: 'redact-pii',
    load() {
      const { SyncRedactor } = requireFrom('redact-pii');
      const off = ['names', 'streetAddress', 'zipcode', 'username', 'url', 'digits', 'ipAddress'];
      const builtInRedactors = Object.fromEntries(off.map((name) => [name, { enabled: false }]));
      const redactor = new SyncRedactor({ globalReplaceWith: MARK, builtInRedactors });
      return (text) => matchesOfRedacted(text, redactor.redact(text), MARK);
    },
  },
  {
    name: '@redactpii/node',
    load() {
      const { Redactor } = requireFrom('@redactpii/node');
      const rules = { CREDIT_CARD: true, EMAIL: true, PHONE: true, SSN: true, NAME: false };
      const redactor = new Redactor({ rules, globalReplaceWith: MARK });
      return (text) => matchesOfRedacted(text, redactor.redact(text), MARK);
    },
  },
  {
    name: '@openredaction/core',
    load() {
      const { OpenRedaction } = requireFrom('@openredaction/core');
      const redactor = new OpenRedaction({ includeNames: false, includeAddresses: false });
      return async (text) => {
        const { detections } = await redactor.detect(text);
        return detections.map(({ position: [start, end] }) => ({ detector: undefined, start, end }));
      };
    },
  },
  {
    name: '@arcjet/redact',
    async load() {
      const { redact } = await import(pathToFileURL(requireFrom.resolve('@arcjet/redact')).href);
      const options = { entities: ['email', 'phone-number', 'credit-card-number'], replace: () => MARK };
      return async (text) => matchesOfRedacted(text, (await redact(text, options))[0], MARK);
    },
  },
];

/**
 * The peers that are installed, one after the other.
 *
 * @returns `{ name, find }`; `find` may give a promise
 */
export async function* loadPeers() {
  for (const { name, load } of PEERS) {
    let find;
    try {
      find = await load();
    } catch (error) {
      console.log(
        `${name} is skipped (npm ci --prefix benchmarks installs it): ${String(error.message).split('\n')[0]}`,
      );
      continue;
    }
    yield { name, find };
  }
}
