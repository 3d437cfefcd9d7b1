import { readFileSync } from 'node:fs';
import { DETECTOR_NAMES, type DetectorName } from '../../src/detector-name.js';

/** One file of templates. */
export interface TemplateFile {
  readonly templates: readonly string[];
  /** Texts to make of each template. */
  readonly repeat: number;
  /** Detectors to switch on, beside those that are on by default. */
  readonly detectors: readonly DetectorName[];
}

/**
 * A template is a line, or the lines between `<<<` and `>>>`. `# …` is a comment, `#! repeat: 2` and `#! detectors: ipv4`
 * are options of the file. `#! each: email, jwt:rsa` makes a template for each of these, in place of `⟦*⟧`.
 *
 * @throws Error when a block is not closed or an option is unknown
 */
export function readTemplates(path: string): TemplateFile {
  const templates: string[] = [];
  const options = new Map<string, string>();
  let block: string[] | undefined;
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (block !== undefined) {
      if (line === '>>>') {
        templates.push(block.join('\n'));
        block = undefined;
      } else block.push(line);
    } else if (line === '<<<') block = [];
    else if (line.startsWith('#! ')) options.set(line.slice(3).split(':')[0] ?? '', line.replace(/^.*?:\s*/, ''));
    else if (line !== '' && !line.startsWith('# ')) templates.push(line);
  }
  if (block !== undefined) throw new Error(`Expected >>> at the end of ${path}`);
  return {
    templates: forEach(templates, listOf(options.get('each') ?? '')),
    repeat: Number(options.get('repeat') ?? 1),
    detectors: detectorsOf(options.get('detectors') ?? ''),
  };
}

function forEach(templates: readonly string[], names: readonly string[]): readonly string[] {
  if (names.length === 0) return templates;
  return templates.flatMap((template) => names.map((name) => template.replaceAll('⟦*', `⟦${name}`)));
}

function listOf(list: string): readonly string[] {
  return list.split(/\s*,\s*/).filter(Boolean);
}

function detectorsOf(list: string): readonly DetectorName[] {
  return listOf(list).map((name) => {
    const detector = DETECTOR_NAMES.find((known) => known === name);
    if (detector === undefined) throw new Error(`Expected a detector, got ${name}`);
    return detector;
  });
}
