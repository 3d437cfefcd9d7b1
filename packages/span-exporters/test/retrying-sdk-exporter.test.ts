import { join } from 'node:path';
import { runNode, startOtlpReceiver } from '@genspan/test-utils';
import type { OtlpFault, OtlpReceiver } from '@genspan/test-utils';

// In processes of their own: the SDK's exporters load `node:http` in a way that jest does not know.
const SCRIPT = join(__dirname, 'fixtures/retrying-sdk-process.mjs');

let receiver: OtlpReceiver;
let fault: (index: number) => OtlpFault | undefined;
beforeEach(async () => {
  receiver = await startOtlpReceiver({ fault: (_, index) => fault(index) });
});
afterEach(() => receiver.close());

async function outcome(encoding: string): Promise<unknown> {
  const { stdout, stderr, exitCode } = await runNode({ args: [SCRIPT, `${receiver.url}/v1/traces`, encoding] });
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  return JSON.parse(stdout);
}

describe.each(['http', 'proto'])('around the SDK’s own exporter (%s)', (encoding) => {
  test('a batch that it gives up arrives, each span once', async () => {
    fault = (index) => (index === 1 ? 'reset' : index < 3 ? { status: 503 } : undefined);
    expect(await outcome(encoding)).toEqual({
      results: [{ code: 0, lost: [] }],
      stats: { retried: 3, recoveredSpans: 20, lostSpans: 0, waitingBatches: 0, failures: {} },
    });
    expect(new Set(receiver.spans.map(({ name }) => name)).size).toBe(20);
    expect(receiver.spans).toHaveLength(20);
  }, 30_000);

  test('a batch that no receiver will ever take is given up at once', async () => {
    fault = () => ({ status: 400 });
    expect(await outcome(encoding)).toMatchObject({
      results: [{ code: 1, lost: [['export_failed', 20]] }],
      stats: { retried: 0, lostSpans: 20 },
    });
    expect(receiver.requests).toHaveLength(1);
  }, 30_000);
});
