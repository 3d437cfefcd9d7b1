import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { inputMessages, outputMessages, systemInstructions, toolDefinitions } from '@genspan/test-utils';
import { CompiledDialect } from '../../src/compiled-dialect.js';
import type { Dialect, MappedEvent } from '../../src/dialect.js';
import type { FactName, Facts } from '../../src/facts.js';
import { GenAIRecord } from '../../src/genai-record.js';
import { MappingTarget } from '../../src/mapping-target.js';
import { Understood } from '../../src/understood.js';

/** Some facts of a span. */
export type SomeFacts = { [Name in FactName]?: Facts[Name] };

const word = fc.constantFrom('a', 'gpt-4o', 'weather agent', '7', '{"a":1}', 'null');
const count = fc.nat({ max: 1e6 });
const penalty = fc.integer({ min: -20, max: 20 }).map((value) => value / 10);
const json = fc.jsonValue({ maxDepth: 2 });
const operations = [
  'chat',
  'text_completion',
  'generate_content',
  'embeddings',
  'retrieval',
  'invoke_agent',
  'invoke_workflow',
  'execute_tool',
  'create_agent',
  'plan',
  'rerank',
  'task',
];
const providers = ['openai', 'azure.ai.openai', 'azure.ai.inference', 'anthropic', 'aws.bedrock', 'gcp.gemini', 'own'];

/** Facts of any kind, together or alone. */
export const someFacts: fc.Arbitrary<SomeFacts> = fc.record(
  {
    'gen_ai.operation.name': fc.constantFrom(...operations),
    'gen_ai.provider.name': fc.constantFrom(...providers),
    'openai.api.type': fc.constantFrom('responses', 'chat_completions'),
    'gen_ai.request.model': word,
    'gen_ai.response.model': word,
    'gen_ai.response.id': word,
    'gen_ai.output.type': fc.constantFrom('text', 'json', 'image', 'speech'),
    'gen_ai.agent.name': word,
    'gen_ai.agent.version': word,
    'gen_ai.workflow.name': word,
    'gen_ai.tool.name': word,
    'gen_ai.tool.call.id': word,
    'gen_ai.prompt.name': word,
    'gen_ai.prompt.version': word,
    'gen_ai.conversation.id': word,
    'session.id': word,
    'user.id': word,
    'gen_ai.request.max_tokens': count,
    'gen_ai.request.seed': count,
    'gen_ai.request.top_k': count,
    'gen_ai.retrieval.top_k': count,
    'gen_ai.request.temperature': penalty,
    'gen_ai.request.frequency_penalty': penalty,
    'gen_ai.request.stream': fc.boolean(),
    'gen_ai.request.stop_sequences': fc.array(fc.string()),
    'gen_ai.response.finish_reasons': fc.array(
      fc.constantFrom('stop', 'length', 'tool_call', 'content_filter', 'error', 'other'),
      { minLength: 1, maxLength: 3 },
    ),
    'gen_ai.response.time_to_first_chunk': count.map((micros) => micros / 1e6),
    'gen_ai.usage.input_tokens': fc.integer({ min: 1000, max: 9000 }),
    'gen_ai.usage.output_tokens': fc.integer({ min: 1000, max: 9000 }),
    'gen_ai.usage.cache_read.input_tokens': fc.nat({ max: 400 }),
    'gen_ai.usage.cache_write.input_tokens': fc.nat({ max: 400 }),
    'gen_ai.usage.reasoning.output_tokens': fc.nat({ max: 400 }),
    'gen_ai.system_instructions': systemInstructions.filter((list) => list.length > 0),
    'gen_ai.input.messages': inputMessages,
    'gen_ai.output.messages': outputMessages,
    'gen_ai.tool.definitions': toolDefinitions.filter((list) => list.length > 0),
    'gen_ai.tool.call.arguments': json,
    'gen_ai.tool.call.result': json,
    'gen_ai.retrieval.documents': fc.array(
      fc.record({ id: word, score: penalty, content: word, metadata: fc.dictionary(word, json) }, { requiredKeys: [] }),
    ),
    'rerank.documents': fc.array(fc.record({ content: fc.string(), title: word }, { requiredKeys: ['content'] })),
    'embeddings.input': fc.array(fc.string(), { minLength: 1 }),
    'genspan.tags': fc.array(fc.string()),
    'genspan.metadata': fc.dictionary(fc.constantFrom('tier', 'a.b', 'userId', ''), json, { minKeys: 1 }),
    'gen_ai.prompt.variable': fc.dictionary(word, json, { minKeys: 1 }),
  },
  { requiredKeys: [] },
);

/** What became of facts on their way into a dialect and back. */
export interface RoundTrip {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly back: GenAIRecord;
  /** Facts that are reported as lost, all of them or a part. */
  readonly lost: ReadonlySet<FactName>;
}

/** Writes facts in a dialect and reads them again. */
export function roundTrip(dialect: Dialect, facts: SomeFacts): RoundTrip {
  const compiled = new CompiledDialect(dialect, 0);
  const record = new GenAIRecord();
  for (const [name, value] of Object.entries(facts)) record.set(name as FactName, value, name);
  const target = new MappingTarget({ attributes: {}, events: [] }, record);
  compiled.write(record, target);
  const lost = new Set(target.lost.flatMap((loss) => loss.facts));
  for (const name of record.names()) if (!target.isCarried(name)) lost.add(name);
  const events: MappedEvent[] = target.writtenEvents.map(({ what }) => what);
  const { attributes } = target;
  const back = new GenAIRecord();
  compiled.read({ attributes, events }, back, new Understood(Object.keys(attributes)));
  return { attributes, back, lost };
}

/** Members that may be null and then say nothing. */
const OPTIONAL: ReadonlySet<string> = new Set(['mime_type', 'id', 'name', 'description', 'parameters', 'arguments']);

/** Facts without what says nothing: members that are null, and reasons to stop that the list of all says too. */
export function plain(name: string, value: unknown): unknown {
  if (value === undefined) return undefined;
  const text = JSON.stringify(value, (key, member: unknown) => {
    if (key === 'arguments' && member === '') return undefined;
    return member === null && OPTIONAL.has(key) ? undefined : member;
  });
  const copy = JSON.parse(text) as unknown;
  if (name === 'gen_ai.output.messages' && Array.isArray(copy)) {
    for (const message of copy as Record<string, unknown>[]) delete message['finish_reason'];
  }
  return copy;
}

/** Facts that a round trip changes without a report: for an empty list, the law holds. */
export function changedUnreported(dialect: Dialect, facts: SomeFacts): unknown[] {
  const { back, lost } = roundTrip(dialect, facts);
  return Object.entries(facts).flatMap(([name, value]) => {
    if (lost.has(name as FactName)) return [];
    const before = plain(name, value);
    const after = plain(name, back.get(name as FactName));
    return isDeepStrictEqual(before, after) ? [] : [{ name, before, after }];
  });
}

/** Attributes with any value under any of these keys. */
export function anyUnder(keys: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  const value = fc.oneof(
    fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }),
    fc.json(),
    fc.jsonValue(),
    fc.constantFrom('__proto__', '{"__proto__":{"a":1}}', '['.repeat(500), '[{"role":1}]', '[{"type":"text"}]', NaN),
    fc.array(fc.json()),
  );
  const key = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...keys) },
    fc
      .tuple(fc.constantFrom(...keys), fc.constantFrom('0', '1.content', '999999999', '__proto__', 'constructor.name'))
      .map(([stem, rest]) => `${stem}.${rest}`),
  );
  return fc.dictionary(key, value, { maxKeys: 12 });
}
