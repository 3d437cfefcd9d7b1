import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  logRecordsOf,
  metricPointsOf,
  spansOf,
  startOpenAIServer,
  startOtlpReceiver,
  waitUntil,
} from '@genspan/test-utils';
import type { OpenAIServer, OtlpReceiver } from '@genspan/test-utils';
import { runApp } from './app.mjs';
import { canonicalSpansOf } from './canonical-span.mjs';
import { killCollectors } from './collector-process.mjs';
import { differences } from './differences.mjs';
import { findCollector, HOW_TO_GET_ONE } from './find-collector.mjs';
import { bytesBelow, CONFIG, foldersOf, startGateway, USE_TRACE_STATE, validate } from './gateway.mjs';
import { arrivedTraces, KIND_OF, KINDS, ROOTS, CHILDREN } from './known-traces.mjs';

jest.setTimeout(60_000);

const DEMO = '../../../examples/quickstart/agent.mjs';
const PROTOCOLS = ['http/json', 'http/protobuf', 'grpc'];

const collector = findCollector();
const isRequired = Boolean(process.env.GENSPAN_REQUIRE_COLLECTOR);
const describeWithCollector = collector !== undefined || isRequired ? describe : describe.skip;

describeWithCollector('a real Collector with collector-config.yaml', () => {
  let binary: string;
  let openai: OpenAIServer;
  let backend: OtlpReceiver;
  let folder: string;

  beforeAll(async () => {
    if (collector === undefined) throw new Error(`Expected a Collector: ${HOW_TO_GET_ONE}.`);
    binary = collector.binary;
    folder = mkdtempSync(join(tmpdir(), 'genspan-gateway-'));
    [openai, backend] = await Promise.all([startOpenAIServer(), startOtlpReceiver()]);
  });

  afterAll(async () => {
    killCollectors();
    await Promise.all([openai?.close(), backend?.close()]);
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });

  /** An application below the preload that also writes what it keeps to a file; resolves to that, in the form of canonical-span.mjs. */
  async function observe(gateway: Gateway, script: string, env: Record<string, string>) {
    const jsonl = join(folder, `${env.OTEL_SERVICE_NAME}.jsonl`);
    const result = await runApp({
      script,
      openai,
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: env.OTEL_EXPORTER_OTLP_PROTOCOL === 'grpc' ? gateway.grpcUrl : gateway.httpUrl,
        OTEL_TRACES_EXPORTER: 'otlp,jsonl',
        OTEL_GENSPAN_JSONL_PATH: jsonl,
        OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'span_and_event',
        ...env,
      },
    });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    return readFileSync(jsonl, 'utf8')
      .trimEnd()
      .split('\n')
      .flatMap((line) => canonicalSpansOf(JSON.parse(line)));
  }

  describe('the configuration', () => {
    it.each([
      ['as it is', []],
      ['with the feature gate that its head names', [USE_TRACE_STATE]],
    ])('is accepted by `otelcol validate`, %s', (_, args) => {
      expect(validate(binary, CONFIG, args)).toEqual({ status: 0, stderr: '' });
    });

    it('would be refused with a name that no component knows, so that the test above can fail', () => {
      const wrong = join(folder, 'wrong.yaml');
      writeFileSync(wrong, readFileSync(CONFIG, 'utf8').replace('num_traces:', 'number_of_traces:'));
      const { status, stderr } = validate(binary, wrong);
      expect(status).toBe(1);
      expect(stderr).toContain('number_of_traces');
    });

    it('starts a healthy Collector, without a warning and so without a deprecated name', async () => {
      const gateway = await startGateway(binary, join(folder, 'start'));
      expect((await fetch(gateway.healthUrl)).status).toBe(200);
      expect(await gateway.stop()).toBe('exit code 0');
      expect(gateway.log.split('\n').filter((line: string) => /\t(?:warn|error)\t|deprecat/i.test(line))).toEqual([]);
    });
  });

  describe.each(PROTOCOLS)('behind the demo, over %s', (protocol) => {
    it('writes to its file, and sends to its backend, what the application has kept: span for span, field for field', async () => {
      const name = `demo-${protocol.replace('/', '-')}`;
      const gateway = await startGateway(binary, join(folder, name), { backend: backend.url });
      const written = await observe(gateway, DEMO, {
        OTEL_SERVICE_NAME: name,
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        AGENT_MODELS: 'gpt-not-released-yet@error-404,gpt-4o-mini',
        // Something that the application does not keep, and the gateway must not ask for.
        OTEL_GENSPAN_SAMPLING_RULES: '[{"name": "no embeddings", "rate": 0, "matchNames": ["embeddings *"]}]',
      });
      expect(written.map(({ name, traceState }) => [name, traceState])).toEqual([
        ['chat gpt-not-released-yet@error-404', 'ot=th:0'],
        ['chat gpt-4o-mini', 'ot=th:0'],
        ['chat gpt-4o-mini', 'ot=th:0'],
      ]);
      await waitUntil(
        () => receivedFrom(name).length === written.length,
        20_000,
        () => `spans at the backend:\n${gateway.log}`,
      );
      expect(await gateway.stop()).toBe('exit code 0');

      const requests = gateway.requests();
      expect(differences(written, requests.flatMap(canonicalSpansOf))).toEqual([]);
      expect(receivedFrom(name).sort()).toEqual(written.map(({ spanId }) => spanId).sort());
      // The metrics of redaction about itself, and one duration for each kind of call at least; one event for each chat, one exception.
      expect(requests.flatMap(metricPointsOf).length).toBeGreaterThan(3);
      expect(requests.flatMap(logRecordsOf)).toHaveLength(4);
    });
  });

  const receivedFrom = (service: string) =>
    backend.spans.filter(({ resource }) => resource['service.name'] === service).map(({ spanId }) => spanId);

  describe('secrets in prompts', () => {
    const secrets = [
      ['sk', 'test', 'a1B2c3D4e5'.repeat(2)].join('-'),
      ['jane.doe', 'example.com'].join('@'),
      ['AK', 'IA', 'ABCDEFGH01234567'].join(''),
      ['-----BEGIN', 'PRIVATE KEY-----\nMIIabc+/=\n-----END', 'PRIVATE KEY-----'].join(' '),
    ];
    const pieces = [...secrets.slice(0, 3), 'MIIabc'];

    it.each([
      ['the application redacts', 'true', '[REDACTED]'],
      ['only the gateway redacts', 'false', '****'],
    ])(
      'are neither in the output nor in the queue when %s, while what stands around them is',
      async (_, isOn, mark) => {
        const name = `secrets-${isOn}`;
        const gateway = await startGateway(binary, join(folder, name));
        const written = await observe(gateway, 'asks.mjs', {
          OTEL_SERVICE_NAME: name,
          OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
          OTEL_GENSPAN_REDACTION_ENABLED: isOn,
          OTEL_GENSPAN_SAMPLING_KEEP_SLOW: 'true',
          PROMPT: `before ${secrets.join(' between ')} after`,
        });
        expect(written).toHaveLength(4);
        // What waits to be decided is decided now, and goes to the queue.
        expect(await gateway.stop()).toBe('exit code 0');

        const found = (text: string) => pieces.filter((piece) => text.includes(piece));
        expect(found(JSON.stringify(written))).toEqual(isOn === 'true' ? [] : pieces);
        const { output, state } = foldersOf(join(folder, name));
        for (const bytes of [bytesBelow(output), bytesBelow(state)]) {
          expect(found(bytes)).toEqual([]);
          expect(bytes).toContain(`before ${pieces.map(() => mark).join(' between ')} after`);
        }
        expect(found(gateway.log)).toEqual([]);
        for (const { attributes } of gateway.requests().flatMap(spansOf)) {
          expect(JSON.parse(String(attributes['gen_ai.input.messages']))).toContainEqual(
            expect.objectContaining({ role: 'user' }),
          );
        }
      },
    );
  });

  it('leaves alone what only looks a little like a secret', async () => {
    const gateway = await startGateway(binary, join(folder, 'usual'));
    const spans = USUAL_TEXTS.map((text, index) => ({
      ...SPAN,
      traceId: `${index + 1}`.padStart(32, 'c'),
      spanId: `${index + 1}`.padStart(16, 'c'),
      name: text,
      status: { code: 2, message: text },
      attributes: [
        { key: 'text', value: { stringValue: text } },
        { key: 'gen_ai.output.messages', value: { stringValue: JSON.stringify([{ content: text }]) } },
        {
          key: 'genspan.list',
          value: { arrayValue: { values: [{ stringValue: text }, { doubleValue: 0.4111111111111111 }] } },
        },
        { key: 'gen_ai.usage.input_tokens', value: { intValue: '4111111111111111' } },
      ],
      events: [
        { timeUnixNano: '1', name: text, attributes: [{ key: 'exception.message', value: { stringValue: text } }] },
      ],
    }));
    await post(gateway, spans);
    await gateway.stop();
    const sent = canonicalSpansOf({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
    expect(differences(sent, gateway.requests().flatMap(canonicalSpansOf))).toEqual([]);
  });

  it('masks what has the shape of a secret in every text of a span, behind every escape of JSON', async () => {
    const gateway = await startGateway(binary, join(folder, 'shapes'));
    const spans = SECRETS.map((secret, index) => {
      const text = `is ${secret} it`;
      const escaped = ['\n', '\t', '"', '\\', '\\n', '\u0001', '/', ' '].map((before) => `is it${before}${secret}\n`);
      const json = JSON.stringify([
        { parts: escaped, nested: JSON.stringify({ parts: escaped, again: JSON.stringify(escaped) }) },
      ]);
      const attributes = [
        { key: 'json', value: { stringValue: json } },
        {
          key: 'list',
          value: {
            arrayValue: { values: [{ kvlistValue: { values: [{ key: 'text', value: { stringValue: text } }] } }] },
          },
        },
      ];
      const events = [{ timeUnixNano: '1', name: text, attributes }];
      const ids = { traceId: `${index + 1}`.padStart(32, 'd'), spanId: `${index + 1}`.padStart(16, 'd') };
      return {
        ...SPAN,
        ...ids,
        name: text,
        status: { code: 2, message: text },
        attributes,
        ...(index % 2 ? { events } : {}),
      };
    });
    await post(gateway, spans);
    await gateway.stop();
    const arrived = gateway.requests().flatMap(spansOf);
    expect(arrived).toHaveLength(SECRETS.length);
    for (const { name, status, attributes, events } of arrived) {
      expect([name, status.message]).toEqual(['is **** it', 'is **** it']);
      expect(events.map((event) => event.name)).toEqual(events.length === 0 ? [] : ['is **** it']);
      const texts = [attributes, ...events.map((event) => event.attributes)].map((all) => String(all['json']));
      for (const text of texts) {
        const [{ parts, nested }] = JSON.parse(text) as [{ parts: string[]; nested: string }];
        const { again } = JSON.parse(nested) as { again: string };
        for (const part of [...parts, ...(JSON.parse(again) as string[])]) expect(part).toMatch(/^is it.*\*\*\*\*/s);
      }
    }
    const bytes = bytesBelow(folder + '/shapes');
    expect(SECRETS.flatMap((secret) => secret.split('\n')).filter((line) => bytes.includes(line))).toEqual([]);
  });

  describe.each([
    ['a stock Collector', []],
    ['the feature gate that its head names', [USE_TRACE_STATE]],
  ])('sampling, with %s', (title, args) => {
    const isGated = args.length > 0;
    let traces: ReturnType<typeof arrivedTraces>;
    const ofKind = (kind: string) => [...traces].filter(([traceId]) => KIND_OF.get(traceId) === kind);

    beforeAll(async () => {
      const gateway = await startGateway(binary, join(folder, title), { args });
      await post(gateway, ROOTS);
      await post(gateway, CHILDREN);
      await gateway.stop();
      traces = arrivedTraces(gateway.requests().flatMap(spansOf));
    });

    it('takes whole traces', () => {
      expect(traces.size).toBeGreaterThan(0);
      for (const { names } of traces.values()) expect(names.sort()).toEqual(['child', 'root']);
    });

    it.each(Object.keys(KINDS).filter((kind) => kind.startsWith('kept')))(
      'keeps each trace that an application has %s, with its tracestate',
      (kind) => {
        const { count, traceState } = KINDS[kind as keyof typeof KINDS] as { count: number; traceState: string };
        expect(ofKind(kind)).toHaveLength(count);
        for (const [, { traceStates }] of ofKind(kind)) expect([...traceStates]).toEqual([traceState]);
      },
    );

    it('keeps each trace that failed', () => {
      expect(ofKind('failed')).toHaveLength(KINDS.failed.count);
    });

    it.each(['rest', 'rest of another vendor'])('keeps about a tenth of the %s', (kind) => {
      // 10 % of 1,000, four standard errors each way; the ids are always the same.
      expect(ofKind(kind).length).toBeGreaterThan(62);
      expect(ofKind(kind).length).toBeLessThan(138);
      const traceStates = new Set(ofKind(kind).flatMap(([, one]) => [...one.traceStates]));
      const before = kind === 'rest' ? '' : 'vendor=th:0';
      const th = 'ot=th:e6666666666666';
      expect([...traceStates]).toEqual([isGated ? [th, before].filter(Boolean).join() : before]);
    });

    it(`asks the randomness of the rest ${isGated ? 'where there is one' : 'for nothing'}`, () => {
      const { length } = ofKind('rest with rv');
      if (isGated) expect(length).toBe(KINDS['rest with rv'].count);
      else expect(length).toBeLessThan(138);
    });
  });

  describe.each(['SIGKILL', 'SIGTERM'] as const)('a gateway whose backend is down, ended by %s', (signal) => {
    it('sends all that it had queued, each span once, when it and the backend are there again', async () => {
      const here = join(folder, signal);
      const spanIds = Array.from({ length: 500 }, (_, index) =>
        `${signal === 'SIGKILL' ? 'a' : 'b'}${index}`.padEnd(16, '0'),
      );
      const gateway = await startGateway(binary, here);
      for (let from = 0; from < spanIds.length; from += 50) {
        await post(
          gateway,
          spanIds.slice(from, from + 50).map((spanId) => ({ ...SPAN, traceId: spanId.repeat(2), spanId })),
        );
      }
      const inQueue = () => {
        const bytes = bytesBelow(foldersOf(here).state);
        return spanIds.every((spanId) => bytes.includes(Buffer.from(spanId, 'hex').toString('latin1')));
      };
      await waitUntil(inQueue, 30_000, () => `all spans in the queue:\n${gateway.log}`);
      gateway.signal(signal);
      expect(await gateway.ended).toBe(signal === 'SIGKILL' ? 'SIGKILL' : 'exit code 0');

      const next = await startGateway(binary, here, { backend: backend.url });
      const arrived = () => backend.spans.map(({ spanId }) => spanId).filter((spanId) => spanIds.includes(spanId));
      await waitUntil(
        () => arrived().length >= spanIds.length,
        30_000,
        () => `all spans at the backend:\n${next.log}`,
      );
      await next.stop();
      expect(arrived().sort()).toEqual([...spanIds].sort());
      // The file was not begun anew.
      expect(next.requests().flatMap(spansOf)).toHaveLength(spanIds.length);
    });
  });
});

type Gateway = Awaited<ReturnType<typeof startGateway>>;

const SECRETS = [
  ['sk', 'test', 'a1B2c3D4e5'.repeat(2)].join('-'),
  ['sk', 'proj', 'a1B2c3D4-e5_'.repeat(4)].join('-'),
  ['sk', 'a1B2c3D4e5'.repeat(4)].join('-'),
  ['jane.doe', 'example.com'].join('@'),
  ['AK', 'IA', 'ABCDEFGH01234567'].join(''),
  ['AI', 'za', 'a1B2c3D4e5'.repeat(3), 'a1B2c'].join(''),
  ['gh', 'p_', 'a1B2c3D4e5'.repeat(3)].join(''),
  ['glpat', 'a1B2c3D4e5'.repeat(2)].join('-'),
  ['xox', 'b-', 'a1B2c3D4e5'].join(''),
  ['sk', 'live', 'a1B2c3D4e5'.repeat(2)].join('_'),
  ['ey', 'JhbGciOiJIUzI1NiJ9', '.ey', 'JzdWIiOiIxMjM0NTYifQ', '.c2lnbmF0dXJl'].join(''),
  ['4111', '1111', '1111', '1111'].join(' '),
  ['Bea', 'rer ', 'a1B2c3D4e5'.repeat(2)].join(''),
  ['-----BEGIN', 'RSA PRIVATE KEY-----\nMIIabcDEF0123\n+/=xyz\n-----END', 'RSA PRIVATE KEY-----'].join(' '),
];

const USUAL_TEXTS = [
  'chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT call_abcdefghijklmnopqrstuvwx resp_67cb61fa3a448190bcf2c42d96f0d1a8',
  'task-01JC3Y5K2Q8WZ4N7R6T9V0XABD of queue desk-0123456789abcdef0123456789abcdef',
  'import sklearn from sk-learn-contrib-and-extras; pip install sk-video==1.1.10',
  'npm i @genspan/node@0.1.0, lodash@4.17.21, import x from "@scope/pkg"',
  '3f2504e0-4f89-11d3-9a0c-0305e82c3301 at 2026-11-22T06:46:07.123Z, 4111 items on 2026-11-22 10:15:20',
  'https://user.example.com:8443/a/b?x=1:2#frag and http://127.0.0.1:4318/v1/traces, then mail',
  'the bearer of bad news, Bearer: none; a basic token counts 12,345 tokens at 0.000000123456789 each',
  'e83c5163316f89bfbde7d9ab23ca2e25604af290 sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  '-----BEGIN CERTIFICATE----- a private key is not in here -----END CERTIFICATE-----',
  'naïve café 東京 👋🏽 [REDACTED:email] "quoted" \\ back \n line',
];

const SPAN = {
  traceState: 'ot=th:0',
  name: 'queued',
  kind: 1,
  startTimeUnixNano: '1750000000000000000',
  endTimeUnixNano: '1750000001000000000',
};

async function post(gateway: Gateway, spans: readonly object[]): Promise<void> {
  const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
  const headers = { 'content-type': 'application/json' };
  const { status } = await fetch(`${gateway.httpUrl}/v1/traces`, { method: 'POST', headers, body });
  expect(status).toBe(200);
}
