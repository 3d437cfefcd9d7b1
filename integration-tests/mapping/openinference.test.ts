import { mapAttributes } from '@genspan/genai-mapping-span-processor';
import { wrapOpenAI } from '@genspan/instrumentation-openai';
import {
  CACHED_TOKENS,
  DEFAULT_TEXT,
  INPUT_TOKENS,
  OUTPUT_TOKENS,
  REASONING_TEXT,
  startOpenAIServer,
} from '@genspan/test-utils';
import type { OpenAIServer } from '@genspan/test-utils';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import OpenAI from 'openai';
import { spansOf } from './peer-spans.js';
import type { Call, PeerSpan } from './peer-spans.js';
import { CALLS } from './peers/calls.cjs';

jest.setTimeout(60_000);

type Attributes = Readonly<Record<string, unknown>>;

/** The failed call is left out: the peer does not end its span. */
const COMPARED: readonly Call[] = ['tools', 'stream', 'image', 'embeddings', 'reasoning'];

/** What the peer says and a span of the GenAI conventions does not, or not in this way. */
const DIFFERENT: readonly [RegExp, why: string][] = [
  [
    /^(?:in|out)put\.(?:value|mime_type)$/,
    'the peer keeps whole bodies there, which the conventions have no place for',
  ],
  [/^llm\.token_count\..*_details\.audio$/, 'zeros: no audio is no audio'],
  [/^embedding\.embeddings\./, 'the conventions have no place for texts and vectors'],
];

/** The same for one call. */
const DIFFERENT_OF: Readonly<Partial<Record<Call, readonly string[]>>> = {
  // The peer reads the model that answered from whole answers only, and an answer without text as an empty one.
  stream: ['llm.model_name', 'llm.output_messages.0.message.content'],
  embeddings: ['llm.system'],
  // The peer leaves the reasoning out, so that the text is all there is.
  reasoning: ['llm.output_messages.0.message.content'],
};

let server: OpenAIServer;
let theirs: readonly PeerSpan[];
beforeAll(async () => {
  server = await startOpenAIServer();
  theirs = await spansOf('@arizeai/openinference-instrumentation-openai', server.baseURL);
});
afterAll(() => server.close());

/** What genspan's own instrumentation observes of a call, translated. */
async function observed(call: Call): Promise<Attributes[]> {
  const exporter = new InMemorySpanExporter();
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const client = new OpenAI({ baseURL: server.baseURL, apiKey: 'none', maxRetries: 0 });
  await CALLS[call](wrapOpenAI(client, { tracerProvider, captureMessageContent: true }));
  await tracerProvider.forceFlush();
  return exporter
    .getFinishedSpans()
    .map(
      ({ attributes, name }) =>
        mapAttributes(attributes, { to: 'openinference', mode: 'replace', spanName: name, isLocalRoot: true })
          .attributes,
    );
}

describe('spans of genspan, translated to OpenInference', () => {
  it.each(COMPARED)('say of %s what the instrumentation of OpenInference says', async (call) => {
    const ours = await observed(call);
    const expected = theirs.filter((span) => span.call === call).map(({ original }) => original);
    expect(ours).toHaveLength(expected.length);
    expect(expected.length).toBeGreaterThan(0);
    ours.forEach((attributes, index) => {
      expect(attributes).toMatchObject(comparable(call, expected[index] ?? {}, attributes));
    });
  });

  it('tell the tokens of streams and the reasoning, which the instrumentation of OpenInference does not', async () => {
    const [stream] = await observed('stream');
    expect(stream).toMatchObject({
      'llm.token_count.prompt': INPUT_TOKENS,
      'llm.token_count.completion': OUTPUT_TOKENS,
      'llm.token_count.prompt_details.cache_read': CACHED_TOKENS,
    });
    const [reasoning] = await observed('reasoning');
    const contents = 'llm.output_messages.0.message.contents';
    expect(reasoning).toMatchObject({
      [`${contents}.0.message_content.type`]: 'reasoning',
      [`${contents}.0.message_content.text`]: REASONING_TEXT,
      [`${contents}.1.message_content.type`]: 'text',
      [`${contents}.1.message_content.text`]: DEFAULT_TEXT,
    });
  });
});

/** What the peer says, without what is different for a known reason; JSON and words in the form that ours have. */
function comparable(call: Call, attributes: Attributes, ours: Attributes): Attributes {
  const compared: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(attributes)) {
    const isDifferent = DIFFERENT.some(([keys]) => keys.test(key)) || DIFFERENT_OF[call]?.includes(key) === true;
    if (isDifferent) continue;
    compared[key] = value;
    // The word of the conventions is singular.
    if (value === 'tool_calls') compared[key] = 'tool_call';
    if (key === 'llm.invocation_parameters') {
      const { max_tokens, tools: _tools, stream_options: _options, ...parameters } = parse(value);
      const expected = max_tokens === undefined ? parameters : { ...parameters, max_completion_tokens: max_tokens };
      expect(parse(ours[key])).toEqual(expected);
      Reflect.deleteProperty(compared, key);
    }
  }
  expect(Object.keys(compared).length).toBeGreaterThanOrEqual(2);
  return compared;
}

function parse(json: unknown): Record<string, unknown> {
  return JSON.parse(String(json)) as Record<string, unknown>;
}
