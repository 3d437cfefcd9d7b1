import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DetectorName } from '../../src/detector-name.js';
import { Random } from './random.js';
import { readTemplates } from './read-templates.js';
import { fillTemplate, type Label } from './template.js';

/** The one that patterns are made with, and the one that only judges them. */
export const CORPUS_SETS = ['tune', 'held-out'] as const;
export type CorpusSet = (typeof CORPUS_SETS)[number];

/** Part of the templates that is held out. */
const HELD_OUT = 0.35;

/** A text and the secrets in it. */
export interface LabelledText {
  readonly text: string;
  readonly labels: readonly Label[];
  /** The file of its template: `positives/email`. */
  readonly topic: string;
  readonly set: CorpusSet;
  /** Whether it is in the corpus to be left alone. */
  readonly negative: boolean;
  /** Detectors to switch on, beside those that are on by default. */
  readonly detectors: readonly DetectorName[];
}

/**
 * Makes the texts of all templates. The set and the values of a text depend on its template and the seed alone, so that
 * a new template changes no other text.
 *
 * @param directory where `positives` and `negatives` are
 * @throws Error when a template is not understood
 */
export function makeCorpus(directory: string, seed = 'genspan'): LabelledText[] {
  const texts: LabelledText[] = [];
  for (const kind of ['positives', 'negatives']) {
    for (const file of readdirSync(join(directory, kind)).sort()) {
      const { templates, repeat, detectors } = readTemplates(join(directory, kind, file));
      const topic = `${kind}/${file.replace(/\.txt$/, '')}`;
      for (const template of templates) {
        const set = new Random(`set ${template}`).next() < HELD_OUT ? 'held-out' : 'tune';
        for (let copy = 0; copy < repeat; copy++) {
          const filled = fillTemplate(template, new Random(`${seed} ${copy} ${template}`));
          texts.push({ ...filled, topic, set, negative: kind === 'negatives', detectors });
        }
      }
    }
  }
  return texts;
}
