import { DETECTOR_NAMES, Redactor } from '../src/index.js';
import { HOSTILE_TEXTS, hostileText } from './hostile-texts.cjs';

const SMALL = 64 * 1024;
const LARGE = 4 * SMALL;
/** Four times the text takes four times as long; 16 times when time is quadratic. */
const MOST_GROWTH = 8;
/** Looks at most: the rest of the machine can only add to a time, so the least of them counts. */
const LOOKS = 6;

const detectors = new Redactor({ detectors: DETECTOR_NAMES });
const fields = new Redactor({
  includeDefaults: false,
  rules: [
    { name: 'fields', fields: ['**.ssn', 'a.*.b', 'messages[role=user].content', '*[role=user].parts[*].content'] },
  ],
});

/** Milliseconds of processor time. */
function timeOf(search: () => unknown, times: number): number {
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) search();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** How many times as long the large text takes. */
function growth(search: (text: string) => unknown, small: string, large: string): number {
  const first = timeOf(() => search(small), 1);
  if (first > 2000) return Infinity;
  // Long enough for the clock.
  const times = Math.max(1, Math.ceil(1 / Math.max(first, 0.02)));
  const before = timeOf(() => search(small), times);
  return timeOf(() => search(large), times) / Math.max(before, 0.01);
}

const SEARCHES: readonly [string, (text: string) => unknown][] = [
  ['detectors', (text) => detectors.redactText(text)],
  ['field rules', (text) => fields.redactValue(text)],
];

it.each(SEARCHES)(
  '%s take four times as long for four times the text, whatever the text',
  (_, search) => {
    const superlinear: Record<string, number> = {};
    for (const name of HOSTILE_TEXTS) {
      const [small, large] = [hostileText(name, SMALL), hostileText(name, LARGE)];
      let least = Infinity;
      for (let look = 0; look < LOOKS && least > MOST_GROWTH; look++)
        least = Math.min(least, growth(search, small, large));
      if (least > MOST_GROWTH) superlinear[name] = least;
    }
    expect(superlinear).toEqual({});
  },
  60_000,
);

it('would see time that is quadratic', () => {
  const quadratic = (text: string) => {
    let pairs = 0;
    for (let i = 0; i < text.length; i += 64) for (let j = 0; j < text.length; j += 64) pairs += text.charCodeAt(j);
    return pairs;
  };
  const [small, large] = [hostileText('letters', SMALL), hostileText('letters', LARGE)];
  // The rest of the machine can make the time of the small text longer, and so the growth less.
  const looks = Array.from({ length: LOOKS }, () => growth(quadratic, small, large));
  expect(Math.max(...looks)).toBeGreaterThan(MOST_GROWTH);
});
