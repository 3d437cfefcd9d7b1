// Where processor time goes: the functions with the most time of their own.

import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';
import { formatTable } from './table.mjs';

/** Profiles what `run` does, sampled every 100 µs. */
export async function profileOf(run) {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 100 });
  await session.post('Profiler.start');
  await run();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return profile;
}

/** Writes a profile as `node --cpu-prof` would, for the developer tools of a browser. */
export const writeProfile = (file, profile) => writeFileSync(file, JSON.stringify(profile));

/**
 * Two tables: by whose code it is, and by function.
 *
 * @param unit - what was done `count` times
 * @param top - how many functions
 */
export function formatProfile(profile, { unit, count, top }) {
  const times = selfTimes(profile);
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  const owners = new Map();
  for (const [key, time] of times) owners.set(owner(key), (owners.get(owner(key)) ?? 0) + time);
  const rows = (map, most) =>
    [...map]
      .sort(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(([key, time]) => [key, (time / count).toFixed(2), `${((100 * time) / total).toFixed(1)} %`]);
  const table = (what, map, most) => formatTable([what, `self µs/${unit}`, 'share'], rows(map, most));
  return `${table('whose code', owners, 15)}\n\n${table('function', times, top)}`;
}

/** Self time by function: the nodes of a profile are functions by call stack, so one function has many. */
function selfTimes({ nodes, samples, timeDeltas }) {
  const byNode = new Map(nodes.map(({ id: node, callFrame }) => [node, place(callFrame)]));
  const times = new Map();
  samples.forEach((node, i) => {
    const key = byNode.get(node);
    times.set(key, (times.get(key) ?? 0) + timeDeltas[i]);
  });
  return times;
}

const here = fileURLToPath(new URL('.', import.meta.url));

function place({ functionName, url, lineNumber }) {
  const file = url
    .replace(/^file:\/\//, '')
    .replace(here, '')
    .replace(/^.*node_modules\//, '');
  return `${functionName || '(anonymous)'}  ${file}${url ? `:${lineNumber + 1}` : ''}`;
}

/** `@genspan/…`, `openai`, `node:internal` …: whose code it is. */
function owner(key) {
  const file = key.split('  ')[1] ?? '';
  if (file === '') return key.trim();
  if (file.startsWith('node:')) return 'node';
  if (!file.includes('/')) return 'the benchmark';
  return file
    .split('/')
    .slice(0, file.startsWith('@') ? 2 : 1)
    .join('/');
}
