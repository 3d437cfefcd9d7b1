// What an operation works with: a client of its own, the server, and ways to wait that need no guessing.
import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';

import { context, trace } from '@opentelemetry/api';

import { MESSAGES } from './operation.mjs';

const KEY = ['sk', 'test', 'x'.repeat(20)].join('-');

export class Bench {
  /** The caller's own context, beside OpenTelemetry's. */
  callerStore = new AsyncLocalStorage();
  #frozen = [];

  constructor({ major, loaded, server, incidents, wrapClient }) {
    this.major = major;
    this.openai = loaded.openai;
    this.z = loaded.z;
    this.zodHelpers = loaded.zodHelpers;
    this.server = server;
    this.incidents = incidents;
    this.wrapClient = wrapClient;
    this.client = this.makeClient();
    this.span = trace.getActiveSpan();
  }

  /** A client of the server; retries are off unless asked for. */
  makeClient(options = {}) {
    const { OpenAI } = this.openai;
    return this.wrapClient(
      new OpenAI({ apiKey: KEY, baseURL: this.server.baseURL, maxRetries: 0, timeout: 5_000, ...options }),
    );
  }

  makeAzureClient(options = {}) {
    const { AzureOpenAI } = this.openai;
    const endpoint = this.server.url;
    const common = { apiKey: KEY, apiVersion: '2024-10-21', endpoint, maxRetries: 0, timeout: 5_000 };
    return this.wrapClient(new AzureOpenAI({ ...common, ...options }));
  }

  /** `parse`, `stream` and `runTools` of chat, which version 4 keeps under `beta`. */
  get chatHelpers() {
    return this.major === 4 ? this.client.beta.chat.completions : this.client.chat.completions;
  }

  /** Parameters of a chat call; frozen through and through, and compared with what they were when the operation ends. */
  chat(scenario, more = {}) {
    return this.params({ model: `gpt-4o-mini@${scenario}`, messages: MESSAGES, ...more });
  }

  params(params) {
    this.#frozen.push([params, JSON.stringify(params)]);
    return deepFreeze(params);
  }

  /** Whether the parameters still are what the operation made them. */
  get paramsUnchanged() {
    return this.#frozen.every(([params, before]) => JSON.stringify(params) === before);
  }

  file(name = 'audio.wav') {
    return this.openai.toFile(Buffer.from('RIFF-like bytes of a file'), name);
  }

  /** Whether the caller's code runs in the caller's contexts. */
  contexts() {
    return { span: trace.getSpan(context.active()) === this.span, store: this.callerStore.getStore() ?? null };
  }

  /** Waits until the server has seen `count` more requests than `since`, each to its end. */
  async served(since, count = 1) {
    await this.until(() => {
      const seen = this.server.requests.slice(since);
      return seen.length >= count && seen.every(({ outcome }) => outcome !== 'pending');
    });
  }

  /** Waits until the server has got one more request than `since`. */
  async arrived(since) {
    await this.until(() => this.server.requests.length > since);
  }

  /** Waits for what the process sees of a rejection that nobody handled. */
  async noticed() {
    await this.until(() => this.incidents.length > 0, 1_000);
  }

  /** Waits for `condition`, at most so long; what comes too late then shows in the comparison. */
  async until(condition, timeoutMillis = 2_000) {
    const end = Date.now() + timeoutMillis;
    while (!condition() && Date.now() < end) await delay(2);
  }

  /** Lets everything that is ready to run do so. */
  async settle(millis = 2) {
    for (let turn = 0; turn < 3; turn += 1) await nextTurn();
    await delay(millis);
  }

  /** Collects garbage until `done()`, at most `rounds` times. */
  async collect(done, rounds = 20) {
    for (let round = 0; round < rounds && !done(); round += 1) {
      // Looking at a WeakRef keeps its object for the rest of the turn, so garbage is collected in the next one.
      await nextTurn();
      globalThis.gc();
      await delay(1);
    }
    return done();
  }
}

function deepFreeze(value) {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  // Files and tools with functions of the caller's own are instances; the client may write to them.
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return value;
  for (const member of Object.values(value)) deepFreeze(member);
  return Object.freeze(value);
}
