import { SpanKind, SpanStatusCode, diag, type Attributes } from '@opentelemetry/api';
import { buildSpan } from '@genspan/test-utils';
import { encode as encodeCl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { SpanDraft } from '../src/span-draft.js';
import { Encodings } from '../src/token-encoding.js';
import { parseTokenOptions } from '../src/token-options.js';
import { TokenStep } from '../src/token-step.js';

function stepOf(options: unknown, encodings?: Encodings): TokenStep {
  const parsed = parseTokenOptions('tokens', options);
  if (parsed === undefined) throw new Error('no options');
  return new TokenStep(parsed, encodings);
}

/** Long enough that a busy machine does not end the count. */
const TOKENIZER = { estimate: 'tokenizer', maxMillis: 10_000 };

const user = (...parts: object[]) => ({ role: 'user', parts });
const text = (content: string) => ({ type: 'text', content });
const json = (value: unknown) => JSON.stringify(value);

const CALL: Attributes = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.input.messages': json([user(text('What is the weather in Paris?'))]),
  'gen_ai.output.messages': json([{ role: 'assistant', parts: [text('It is sunny.')], finish_reason: 'stop' }]),
};

/** What the step made of the numbers of tokens. */
function usage(step: TokenStep, attributes: Attributes, status = SpanStatusCode.UNSET) {
  const draft = new SpanDraft(buildSpan({ kind: SpanKind.CLIENT, attributes, status: { code: status } }));
  step.apply(draft);
  return {
    input: draft.attributes['gen_ai.usage.input_tokens'],
    output: draft.attributes['gen_ai.usage.output_tokens'],
    source: draft.attributes['genspan.usage.source'],
  };
}

test('nothing is estimated unless asked for, and what was reported is marked so', () => {
  const step = stepOf(undefined);
  expect(usage(step, CALL)).toEqual({ input: undefined, output: undefined, source: undefined });
  expect(usage(step, { ...CALL, 'gen_ai.usage.input_tokens': 3 })).toEqual({
    input: 3,
    output: undefined,
    source: 'reported',
  });
  expect(step.stats()).toEqual({ reported: 1, estimated: 0 });
});

test('both directions are counted as the tokenizer of the model counts', () => {
  const question = encode('What is the weather in Paris?').length;
  const answer = encode('It is sunny.').length;
  expect(usage(stepOf(TOKENIZER), CALL)).toEqual({ input: question + 4 + 3, output: answer, source: 'estimated' });
  const greek = 'Η γρήγορη καφέ αλεπού';
  expect(encode(greek).length).not.toBe(encodeCl100k(greek).length);
  const old = { ...CALL, 'gen_ai.request.model': 'gpt-4-turbo', 'gen_ai.output.messages': json([user(text(greek))]) };
  expect(usage(stepOf(TOKENIZER), old).output).toBe(encodeCl100k(greek).length);
});

test('a direction that was reported is not touched, and the span is marked as estimated', () => {
  const { input, output, source } = usage(stepOf(TOKENIZER), { ...CALL, 'gen_ai.usage.input_tokens': 3 });
  expect([input, output, source]).toEqual([3, encode('It is sunny.').length, 'estimated']);
  const reported = { ...CALL, 'gen_ai.usage.prompt_tokens': 3, 'gen_ai.usage.completion_tokens': 0 };
  expect(usage(stepOf(TOKENIZER), reported)).toEqual({ input: undefined, output: undefined, source: 'reported' });
});

test('instructions, tool calls, answers of tools and definitions of tools count; media do not', () => {
  const attributes = {
    ...CALL,
    'gen_ai.system_instructions': json([text('Be brief.')]),
    'gen_ai.input.messages': json([
      { ...user({ type: 'blob', modality: 'image', content: 'aGVsbG8='.repeat(1000) }), name: 'Ann' },
      user({ type: 'tool_call', name: 'weather', arguments: { city: 'Paris' } }),
      user({ type: 'tool_call_response', response: 'sunny' }),
    ]),
    'gen_ai.tool.definitions': json([{ type: 'function', name: 'weather' }]),
  };
  const texts = ['Be brief.', 'weather', '{"city":"Paris"}', 'sunny', '{"type":"function","name":"weather"}'];
  const content = texts.reduce((sum, each) => sum + encode(each).length, 0);
  // Four messages with the instructions, one name, and the beginning of the answer.
  expect(usage(stepOf(TOKENIZER), attributes).input).toBe(content + 4 * 4 + 1 + 3);
});

test('structured content of the newer SDK is counted as its JSON is', () => {
  const attributes: Attributes = { ...CALL };
  Reflect.set(attributes, 'gen_ai.output.messages', [{ role: 'assistant', parts: [text('It is sunny.')] }]);
  expect(usage(stepOf(TOKENIZER), attributes).output).toBe(encode('It is sunny.').length);
});

test('text that looks like a special token is text', () => {
  const output = json([user(text('a <|endoftext|> b'))]);
  expect(usage(stepOf(TOKENIZER), { ...CALL, 'gen_ai.output.messages': output }).output).toBeGreaterThan(4);
});

test('a call that failed before it had an answer is not estimated', () => {
  const { 'gen_ai.output.messages': answer = '', ...failed } = CALL;
  const step = stepOf(TOKENIZER);
  expect(usage(step, failed, SpanStatusCode.ERROR)).toEqual({ input: undefined, output: undefined, source: undefined });
  // One that failed in the middle of its answer is.
  const broken = usage(step, { ...failed, 'gen_ai.output.messages': answer }, SpanStatusCode.ERROR);
  expect(broken.output).toBeGreaterThan(0);
});

test('without captured content there is nothing to estimate from', () => {
  const { 'gen_ai.input.messages': _, 'gen_ai.output.messages': __, ...bare } = CALL;
  expect(usage(stepOf(TOKENIZER), bare).source).toBeUndefined();
  const broken = { ...bare, 'gen_ai.input.messages': '{not json', 'gen_ai.output.messages': '[]' };
  expect(usage(stepOf(TOKENIZER), broken).source).toBeUndefined();
});

test('operations that are no model calls are not estimated', () => {
  expect(usage(stepOf(TOKENIZER), { ...CALL, 'gen_ai.operation.name': 'invoke_agent' }).source).toBeUndefined();
});

test('by length only if asked to', () => {
  const options = { estimate: 'length', charactersPerToken: 3 };
  expect(usage(stepOf(options), CALL)).toEqual({ input: 10 + 4 + 3, output: 4, source: 'estimated' });
});

test('a missing tokenizer is told once, at construction, and leaves the numbers missing', () => {
  const warn = jest.spyOn(diag, 'warn').mockImplementation(() => undefined);
  const step = stepOf(TOKENIZER, new Encodings(undefined));
  expect(warn).toHaveBeenCalledTimes(1);
  expect(usage(step, CALL).source).toBeUndefined();
  usage(step, CALL);
  expect(warn).toHaveBeenCalledTimes(1);
  warn.mockRestore();
});

test('a tokenizer that does not load is told once, and nothing is made up', () => {
  const warn = jest.spyOn(diag, 'warn').mockImplementation(() => undefined);
  const step = stepOf(TOKENIZER, new Encodings(() => ({})));
  expect(usage(step, CALL).source).toBeUndefined();
  expect(usage(step, CALL).source).toBeUndefined();
  expect(warn).toHaveBeenCalledTimes(1);
  warn.mockRestore();
});
