import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  validateInputMessages,
  validateOutputMessages,
  validateSystemInstructions,
  validateToolDefinitions,
} from '@genspan/semconv';
import { mapAttributes } from '../../src/index.js';
import type { MappedAttributes } from '../../src/index.js';
import type { MappedEvent } from '../../src/dialect.js';

/** A span as a peer wrote it. */
export interface CapturedSpan {
  readonly name: string;
  readonly scope: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events?: readonly MappedEvent[];
}

interface Captured {
  readonly source: string;
  readonly spans: Readonly<Record<string, readonly CapturedSpan[]>>;
}

/** The spans in a file of `captured/`, by what was done. */
export function capturedSpans(file: string): Captured['spans'] {
  const text = readFileSync(join(__dirname, 'captured', `${file}.json`), 'utf8');
  return (JSON.parse(text, (_, value: unknown) => (value === null ? NaN : value)) as Captured).spans;
}

/** The first captured span of that name. */
export function capturedSpan(file: string, done: string, name: string): CapturedSpan {
  const span = capturedSpans(file)[done]?.find((candidate) => candidate.name === name);
  if (span === undefined) throw new TypeError(`Expected a captured span ${name} in ${file}, got none`);
  return span;
}

/** The span in the words of the current conventions, in place of its own. */
export function toGenAI({ attributes, scope, name, events = [] }: CapturedSpan): MappedAttributes {
  return mapAttributes(attributes, { to: 'genai', mode: 'replace', scopeName: scope, spanName: name, events });
}

/** What the official shapes object to in the structured attributes; each must be there to be looked at. */
export function problemsOf(attributes: Readonly<Record<string, unknown>>): unknown[] {
  const validators = {
    'gen_ai.system_instructions': validateSystemInstructions,
    'gen_ai.input.messages': validateInputMessages,
    'gen_ai.output.messages': validateOutputMessages,
    'gen_ai.tool.definitions': validateToolDefinitions,
  };
  return Object.entries(validators).flatMap(([key, validate]) =>
    attributes[key] === undefined ? [] : [...validate(attributes[key])],
  );
}

/** A structured attribute, read. */
export function structure(attributes: Readonly<Record<string, unknown>>, key: string): unknown {
  const value = attributes[key];
  return typeof value === 'string' ? JSON.parse(value) : value;
}
