import { NaturalEnd } from '../src/natural-end.js';
import { Telemetry } from '../src/telemetry.js';
import { UnheldWork } from '../src/unheld-work.js';

describe('NaturalEnd', () => {
  const calls: string[] = [];
  let activity = 0;
  let open = 0;
  const telemetry = new Telemetry(
    {
      activity: () => activity,
      endOpenOperations: () => {
        calls.push('end');
        activity += open;
        open = 0;
      },
      forceFlush: async () => void calls.push('flush'),
      flushSync: () => undefined,
      shutdown: () => Promise.resolve(),
    },
    new UnheldWork(),
    1000,
  );
  const naturalEnd = new NaturalEnd(telemetry);
  const emit = () => {
    calls.length = 0;
    // Only ours: jest has listeners of its own.
    const [ours] = process.listeners('beforeExit').slice(-1);
    ours?.(0);
    return [...calls];
  };

  beforeEach(() => naturalEnd.install());
  afterEach(() => naturalEnd.uninstall());

  it('flushes until nothing new is recorded, and ends what is open only when nothing goes on', () => {
    expect(emit()).toEqual(['flush']);
    open = 1;
    expect(emit()).toEqual(['end', 'flush']);
    expect(emit()).toEqual(['end']);
    activity += 1;
    expect(emit()).toEqual(['flush']);
    expect(emit()).toEqual(['end']);
  });

  it('takes its listeners away', () => {
    const before = process.listenerCount('exit') + process.listenerCount('beforeExit');
    naturalEnd.uninstall();
    expect(process.listenerCount('exit') + process.listenerCount('beforeExit')).toBe(before - 2);
  });
});
