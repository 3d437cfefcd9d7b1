import { diag } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { AttributeCountStep, parseMaxAttributes } from '../src/attribute-count-step.js';
import { SpanDraft } from '../src/span-draft.js';

const COUNT = 'genspan.payload.dropped_attribute_count';

function draftOf(attributes: Attributes, attributeCountLimit = 10_000): SpanDraft {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    spanProcessors: [new SimpleSpanProcessor(exporter)],
    spanLimits: { attributeCountLimit },
  });
  provider.getTracer('test').startSpan('span', { attributes }).end();
  const [span] = exporter.getFinishedSpans();
  if (span === undefined) throw new Error('Expected a span');
  return new SpanDraft(span);
}

function messages(prefix: string, count: number): Attributes {
  const attributes: Attributes = {};
  for (let index = 0; index < count; index++) {
    attributes[`${prefix}${index}.role`] = 'user';
    attributes[`${prefix}${index}.content`] = `text ${index}`;
  }
  return attributes;
}

describe('AttributeCountStep', () => {
  const warn = jest.fn();
  beforeAll(() => {
    diag.setLogger({ warn, error: jest.fn(), info: jest.fn(), debug: jest.fn(), verbose: jest.fn() });
  });
  afterAll(() => diag.disable());

  it('changes nothing up to the limit', () => {
    const step = new AttributeCountStep(128);
    const draft = draftOf(messages('gen_ai.prompt.', 64));
    step.apply(draft);
    expect(draft.changes).toBeUndefined();
    expect(step.stats()).toEqual({
      spansOverLimit: 0,
      droppedAttributes: 0,
      spansCutBySdk: 0,
      attributesDroppedBySdk: 0,
    });
  });

  it('drops messages of the middle whole, the earlier ones first, and keeps what the span is about', () => {
    const about = { 'gen_ai.request.model': 'm', 'gen_ai.usage.input_tokens': 1, 'error.type': 'E', 'session.id': 's' };
    const step = new AttributeCountStep(64);
    const draft = draftOf({ ...messages('gen_ai.prompt.', 100), ...about, 'gen_ai.completion.0.content': 'done' });
    step.apply(draft);
    expect(Object.keys(draft.attributes).length).toBeLessThanOrEqual(64);
    expect(draft.attributes).toMatchObject({
      ...about,
      'gen_ai.completion.0.content': 'done',
      ...messages('gen_ai.prompt.', 1),
    });
    const kept = Object.keys(draft.attributes).filter((key) => key.startsWith('gen_ai.prompt.'));
    const indices = [...new Set(kept.map((key) => Number(key.split('.')[2])))];
    expect(kept).toHaveLength(indices.length * 2);
    expect(indices).toEqual([
      0,
      ...Array.from({ length: indices.length - 1 }, (_unused, n) => 101 - indices.length + n),
    ]);
    expect(indices.length).toBeGreaterThan(25);
    expect(draft.attributes[COUNT]).toBe(step.stats().droppedAttributes);
    expect(Object.keys(draft.attributes).length + step.stats().droppedAttributes).toBe(206);
  });

  it('drops metadata before long values, those before short ones, and content last', () => {
    const attributes: Attributes = { 'gen_ai.input.messages': '[]', 'app.short': 1, 'app.long': 'x'.repeat(300) };
    for (let n = 0; n < 12; n++) attributes[`gen_ai.request.p${n}`] = n;
    attributes['app.metadata.k'] = 'v';
    attributes['app.list'] = ['a'];
    const keptWith = (extra: number): string[] => {
      const draft = draftOf({
        ...attributes,
        ...Object.fromEntries(Array.from({ length: extra }, (_unused, n) => [`error.e${n}`, n])),
      });
      new AttributeCountStep(16).apply(draft);
      return Object.keys(draft.attributes).filter(
        (key) => !key.startsWith('gen_ai.request.') && !key.startsWith('error.') && key !== COUNT,
      );
    };
    // One place of the 16 is for the count.
    expect(keptWith(0)).toEqual(['gen_ai.input.messages', 'app.short', 'app.long']);
    expect(keptWith(1)).toEqual(['gen_ai.input.messages', 'app.short']);
    expect(keptWith(2)).toEqual(['gen_ai.input.messages']);
    expect(keptWith(3)).toEqual([]);
  });

  it('changes nothing in a second pass, and adds up in a later, stricter one', () => {
    const draft = draftOf(messages('llm.input_messages.', 50));
    new AttributeCountStep(40).apply(draft);
    const once = { ...draft.attributes };
    new AttributeCountStep(40).apply(draft);
    expect(draft.attributes).toEqual(once);
    new AttributeCountStep(20).apply(draft);
    expect(Object.keys(draft.attributes).length).toBeLessThanOrEqual(20);
    expect(Object.keys(draft.attributes).length - 1 + Number(draft.attributes[COUNT])).toBe(100);
  });

  it('warns once, and of what the SDK dropped once, too', () => {
    warn.mockClear();
    Reflect.deleteProperty(globalThis, Symbol.for('genspan.said'));
    const step = new AttributeCountStep(16);
    for (let n = 0; n < 3; n++) step.apply(draftOf(messages('gen_ai.prompt.', 20), 30));
    expect(step.stats()).toMatchObject({ spansOverLimit: 3, spansCutBySdk: 3, attributesDroppedBySdk: 30 });
    const said = warn.mock.calls.map(([message]) => String(message));
    expect(said.filter((message) => message.startsWith('The SDK dropped'))).toHaveLength(1);
    expect(said.filter((message) => message.startsWith('A span has more'))).toHaveLength(1);
  });
});

describe('parseMaxAttributes', () => {
  it('is 128 by default and an integer of at least 16', () => {
    expect(parseMaxAttributes('maxAttributes', undefined)).toBe(128);
    expect(parseMaxAttributes('maxAttributes', 16)).toBe(16);
    expect(() => parseMaxAttributes('maxAttributes', 15)).toThrow(
      'Expected `maxAttributes` to be an integer of at least 16',
    );
  });
});
