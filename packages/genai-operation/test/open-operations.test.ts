import { join } from 'node:path';
import { runNode } from '@genspan/test-utils';
import { abandonOpenOperations } from '../src/index.js';
import { CHAT } from './conversation.js';
import { startTelemetry } from './telemetry.js';

it('holds what has started until it ends', () => {
  const { recorder } = startTelemetry();
  const operation = recorder.start(CHAT);
  expect(recorder.open.size).toBe(1);
  operation?.end();
  expect(recorder.open.size).toBe(0);
});

it('ends what every recorder of the process has open', () => {
  const one = startTelemetry();
  const other = startTelemetry();
  one.recorder.start(CHAT);
  other.recorder.start(CHAT)?.chunk();
  abandonOpenOperations();
  abandonOpenOperations();
  expect(one.span().attributes['genspan.response.outcome']).toBe('unread');
  expect(other.span().attributes['genspan.response.outcome']).toBe('broken_off');
});

describe('when the application lets go of a response', () => {
  let told: Record<string, unknown>;
  beforeAll(async () => {
    const args = ['--expose-gc', join(__dirname, 'fixtures/collected.cjs')];
    const { stdout, stderr, exitCode } = await runNode({ args });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    told = JSON.parse(stdout);
  }, 60_000);

  it('ends the operation with what was seen, once the response is garbage', () => {
    expect(told).toMatchObject({ unreadEnded: true, unreadOutcomes: ['unread'], unreadResponseId: 'partial' });
  });

  it('retains nothing of it afterwards: operation, request, partial response', () => {
    expect(told['unreadRetained']).toBe(false);
  });

  it('retains nothing of an operation that has ended, though the application keeps the response', () => {
    expect(told).toMatchObject({ endedRetained: false, streamKept: true, endedOutcomes: [null] });
  });

  it('leaves an operation open that is no longer bound to its response, until shutdown', () => {
    expect(told).toMatchObject({ forgottenEnded: false, open: 1, shutdownOutcomes: ['unread'] });
  });
});
