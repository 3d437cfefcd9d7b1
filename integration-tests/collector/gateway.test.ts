import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { logRecordsOf, metricPointsOf, spansOf, waitUntil } from '@genspan/test-utils';
import { canonicalSpansOf } from './canonical-span.mjs';
import { differences } from './differences.mjs';
import { CONFIG, USE_TRACE_STATE, validate } from './gateway.mjs';
import { describeWithCollector, GatewayLab, post, SPAN } from './gateway-lab.js';
import type { Gateway } from './gateway-lab.js';

jest.setTimeout(60_000);

const DEMO = '../../../examples/quickstart/agent.mjs';
const PROTOCOLS = ['http/json', 'http/protobuf', 'grpc'];

describeWithCollector('a real Collector with collector-config.yaml', () => {
  let lab: GatewayLab;
  beforeAll(async () => void (lab = await GatewayLab.open()));
  afterAll(() => lab?.close());

  const receivedFrom = (service: string) =>
    lab.backend.spans.filter(({ resource }) => resource['service.name'] === service).map(({ spanId }) => spanId);

  describe('the configuration', () => {
    it.each([
      ['as it is', []],
      ['with the feature gate that its head names', [USE_TRACE_STATE]],
    ])('is accepted by `otelcol validate`, %s', (_, args) => {
      expect(validate(lab.binary, CONFIG, args)).toEqual({ status: 0, stderr: '' });
    });

    it('would be refused with a name that no component knows, so that the test above can fail', () => {
      const wrong = join(lab.folder, 'wrong.yaml');
      writeFileSync(wrong, readFileSync(CONFIG, 'utf8').replace('num_traces:', 'number_of_traces:'));
      const { status, stderr } = validate(lab.binary, wrong);
      expect(status).toBe(1);
      expect(stderr).toContain('number_of_traces');
    });

    it('starts a healthy Collector, without a warning and so without a deprecated name', async () => {
      const gateway = await lab.start('start');
      expect((await fetch(gateway.healthUrl)).status).toBe(200);
      expect(await gateway.stop()).toBe('exit code 0');
      expect(gateway.log.split('\n').filter((line: string) => /\t(?:warn|error)\t|deprecat/i.test(line))).toEqual([]);
    });
  });

  describe.each(PROTOCOLS)('behind the demo, over %s', (protocol) => {
    it('writes to its file, and sends to its backend, what the application has kept: span for span, field for field', async () => {
      const name = `demo-${protocol.replace('/', '-')}`;
      const gateway = await lab.start(name, { backend: lab.backend.url });
      const written = await lab.observe(gateway, DEMO, {
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

  describe.each(['SIGKILL', 'SIGTERM'] as const)('a gateway whose backend is down, ended by %s', (signal) => {
    it('sends all that it had queued, each span once, when it and the backend are there again', async () => {
      const spanIds = Array.from(
        { length: 500 },
        (_, index) => `${signal === 'SIGKILL' ? 'a' : 'b'}${String(index).padStart(15, '0')}`,
      );
      const gateway = await lab.start(signal);
      for (let from = 0; from < spanIds.length; from += 50) {
        await post(
          gateway,
          spanIds.slice(from, from + 50).map((spanId) => ({ ...SPAN, traceId: spanId.repeat(2), spanId })),
        );
      }
      // Counted when both exporters have taken them: the queue's file may show bytes of a write that is not complete yet.
      await waitForCounter(gateway, 'otelcol_processor_batch_batch_send_size_sum', spanIds.length);
      gateway.signal(signal);
      expect(await gateway.ended).toBe(signal === 'SIGKILL' ? 'SIGKILL' : 'exit code 0');

      const next = await lab.start(signal, { backend: lab.backend.url });
      const arrived = () => lab.backend.spans.map(({ spanId }) => spanId).filter((spanId) => spanIds.includes(spanId));
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

async function waitForCounter(gateway: Gateway, name: string, expected: number): Promise<void> {
  const end = Date.now() + 30_000;
  for (let got = NaN; got !== expected;) {
    if (Date.now() > end) throw new Error(`Expected ${name} to become ${expected}, got ${got}:\n${gateway.log}`);
    got = await gateway.counter(name);
  }
}
