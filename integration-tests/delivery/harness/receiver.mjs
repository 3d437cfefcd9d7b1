// The handle of a receiver process.

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { until } from './until.mjs';

const PROGRAM = fileURLToPath(new URL('./receiver-process.mjs', import.meta.url));

/** Starts a receiver that takes everything. @param seed - decides which requests it refuses once told to */
export async function startReceiver(seed = 1) {
  const receiver = new Receiver();
  await receiver.open(seed);
  return receiver;
}

/** A receiver in a process of its own. */
export class Receiver {
  #child = fork(PROGRAM, [], { execArgv: ['--max-semi-space-size=32'], serialization: 'advanced' });
  #waiting = new Map();
  #lastId = 0;
  #closing = false;
  /** What it found wrong in requests. */
  problems = [];
  /** Where it listens. */
  url;

  constructor() {
    this.#child.on('message', ({ id, result, error, problem }) => {
      if (problem !== undefined) this.problems.push(problem);
      const { resolve, reject } = this.#waiting.get(id) ?? {};
      this.#waiting.delete(id);
      if (error !== undefined) reject?.(new Error(`The receiver: ${error}`));
      else resolve?.(result);
    });
    this.#child.on('exit', (code, signal) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`The receiver ended (${code ?? signal})`));
      if (!this.#closing) this.problems.push(`the receiver ended (${code ?? signal})`);
    });
  }

  async open(seed) {
    const port = await this.#tell('open', { seed });
    this.url = `http://127.0.0.1:${port}`;
  }

  /** From now on. @param settings - a row of answers.mjs: `{ type: 'refuse', share: 0.7 }` */
  answer(settings) {
    return this.#tell('answer', settings);
  }

  goDown() {
    return this.#tell('goDown');
  }

  comeUp() {
    return this.#tell('comeUp');
  }

  sums() {
    return this.#tell('sums');
  }

  account(files) {
    return this.#tell('account', files);
  }

  forget() {
    return this.#tell('forget');
  }

  /** Waits until all of these spans are here; says after `timeoutMillis` how it stands, whether they are or not. */
  async whenArrived(files, name, timeoutMillis) {
    let account = await this.account(files);
    await until(async () => {
      account = await this.account(files);
      return account[name].missing === 0;
    }, timeoutMillis);
    return account;
  }

  async close() {
    this.#closing = true;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGKILL');
    await ended;
  }

  #tell(command, settings) {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ id, command, settings });
    });
  }
}
