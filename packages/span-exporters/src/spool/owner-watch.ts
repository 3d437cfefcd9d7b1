import { parseFolderName, processStateOf } from './spool-owner.js';

/** An owner beats at least this often, by the modification time of its folder. */
export const MAX_BEAT_INTERVAL_MILLIS = 10_000;

/** A heart that stood still this long, as seen from here: the owner is dead, if its process cannot be looked at. */
export const SILENCE_MILLIS = 30_000;

/**
 * The same for a process that is there: it may be stopped or busy for long, so only a thread that has ended inside a living
 * process is found this way.
 */
const SILENCE_OF_THE_LIVING_MILLIS = 300_000;

/** A last beat this long ago by the wall clock is no matter of clocks that differ: a short-lived process need not watch. */
const LONG_AGO_MILLIS = 600_000;

/**
 * Tells dead owners from living ones.
 *
 * For processes whose ids can be looked up here that is certain. For others their heartbeat counts: not its time, because
 * clocks of machines differ and stand still in a suspended one, but how long it has not changed while this watched.
 */
export class OwnerWatch {
  #seen = new Map<string, { beat: number; sinceMillis: number }>();

  /**
   * Whether the owner of a folder is dead, or has given the folder up.
   *
   * @param beat - the folder's modification time, Unix time in milliseconds
   */
  isAbandoned(folderName: string, beat: number): boolean {
    const owner = parseFolderName(folderName);
    if (owner === undefined) return false;
    if (owner === 'nobody') return true;
    const state = processStateOf(owner);
    if (state === 'ended') return true;
    const silence = this.#silenceMillis(folderName, beat);
    if (state === 'running') return silence >= SILENCE_OF_THE_LIVING_MILLIS;
    return silence >= SILENCE_MILLIS || Date.now() - beat >= LONG_AGO_MILLIS;
  }

  /** Forgets folders that are not there any more. */
  keepOnly(folderNames: ReadonlySet<string>): void {
    for (const name of this.#seen.keys()) if (!folderNames.has(name)) this.#seen.delete(name);
  }

  #silenceMillis(folderName: string, beat: number): number {
    const now = performance.now();
    const seen = this.#seen.get(folderName);
    if (seen?.beat === beat) return now - seen.sinceMillis;
    this.#seen.set(folderName, { beat, sinceMillis: now });
    return 0;
  }
}
