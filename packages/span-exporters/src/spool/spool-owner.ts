import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { systemErrorCode } from '../system-error-code.js';

/**
 * Who owns a folder of a spool, as its name says: one exporter in one thread of one process.
 *
 * A process id alone is reused, and every container has a process 1. So the name also holds the realm in which the process
 * id means something (this boot of this machine, this PID namespace) and when the process started.
 */
export interface SpoolOwner {
  readonly realm: string;
  readonly pid: number;
  /** Clock ticks from boot to the start of the process; 0 where that is not known (anything but Linux). */
  readonly startTicks: number;
}

/** What is known of the process of an owner. */
export type ProcessState =
  /** It has ended, for sure. */
  | 'ended'
  /** A process with this id is there, started at the same time as far as that is known. */
  | 'running'
  /** It is of another realm: another machine, boot or container. */
  | 'unknown';

const OWNED = /^owner-([0-9a-f]{12})-(\d{1,10})-(\d{1,19})-[0-9a-f]{16}$/;
const LEFT = /^left-[0-9a-f]{16}$/;

/** A new name for a folder of this process, unlike any other. */
export function ownFolderName(): string {
  const { realm, pid, startTicks } = ownIdentity();
  return `owner-${realm}-${pid}-${startTicks}-${randomBytes(8).toString('hex')}`;
}

/** A name for a folder that its owner gives up: whoever sees it may take it at once. */
export function leftFolderName(): string {
  return `left-${randomBytes(8).toString('hex')}`;
}

/** The owner in a folder's name; `'nobody'` for one that was given up, `undefined` for a name that is not a spool's. */
export function parseFolderName(name: string): SpoolOwner | 'nobody' | undefined {
  if (LEFT.test(name)) return 'nobody';
  const match = OWNED.exec(name);
  if (match === null) return undefined;
  const [, realm = '', pid = '', startTicks = ''] = match;
  return { realm, pid: Number(pid), startTicks: Number(startTicks) };
}

/** Looks whether the process of an owner is still there. */
export function processStateOf(owner: SpoolOwner): ProcessState {
  if (owner.realm !== ownIdentity().realm) return 'unknown';
  const stat = readProcessStat(String(owner.pid));
  if (stat !== undefined) {
    if (stat.hasEnded) return 'ended';
    return owner.startTicks === 0 || stat.startTicks === owner.startTicks ? 'running' : 'ended';
  }
  try {
    process.kill(owner.pid, 0);
    return 'running';
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return systemErrorCode(error) === 'ESRCH' ? 'ended' : 'running';
  }
}

let identity: SpoolOwner | undefined;

function ownIdentity(): SpoolOwner {
  // Made when first used: a snapshot or a preload must not bake it in. `process.pid` guards against a fork.
  if (identity?.pid !== process.pid) {
    identity = { realm: ownRealm(), pid: process.pid, startTicks: readProcessStat('self')?.startTicks ?? 0 };
  }
  return identity;
}

function ownRealm(): string {
  let realm: string;
  try {
    realm = `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    realm = `${process.platform} ${hostname()}`;
  }
  return createHash('sha256').update(realm).digest('hex').slice(0, 12);
}

/** The state and start of a process as Linux tells them, `undefined` where it does not. @see proc_pid_stat(5) */
function readProcessStat(pid: string): { hasEnded: boolean; startTicks: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the command in parentheses and may hold anything, parentheses too.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const startTicks = Number(fields[19]);
    if (!Number.isSafeInteger(startTicks)) return undefined;
    return { hasEnded: fields[0] === 'Z' || fields[0] === 'X', startTicks };
  } catch {
    return undefined;
  }
}
