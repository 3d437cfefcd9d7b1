import { withoutTracing } from '@genspan/span-processor-base';
import { MAX_TIMER_MILLIS } from './timer-millis.js';
import type { TokenBucket } from './token-bucket.js';

/** How waiting for tokens ended: they are there, there is no room to wait, there is no time left, or the process exits now. */
export type Admission = 'granted' | 'rate_limit' | 'shutdown' | 'exit';

/** Something that needs tokens. */
export interface TokenRequest {
  /** How many. */
  readonly cost: number;
  /** Memory it holds while it waits, in bytes; asked only if it has to wait. */
  bytes(): number;
  /** Called once, in order of arrival, at once if nothing has to wait. Must not throw. */
  proceed(admission: Admission): void;
}

/** Lets requests through a {@link TokenBucket} in their order. Its one timer runs only while something waits. */
export class TokenQueue {
  readonly #bucket: TokenBucket;
  readonly #maxBytes: number;
  #waiting: { request: TokenRequest; bytes: number }[] = [];
  #waitingBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #delayed = 0;

  constructor(bucket: TokenBucket, maxBytes: number) {
    this.#bucket = bucket;
    this.#maxBytes = maxBytes;
  }

  /** Requests that wait now. */
  get length(): number {
    return this.#waiting.length;
  }

  /** Bytes that wait now. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  /** Requests that had to wait, since construction. */
  get delayed(): number {
    return this.#delayed;
  }

  /** Asks for tokens. One request may always wait, however large; those after it only within the limit of bytes. */
  request(request: TokenRequest): void {
    if (this.#waiting.length === 0 && this.#bucket.tryTake(request.cost)) return request.proceed('granted');
    const bytes = request.bytes();
    if (this.#waiting.length > 0 && this.#waitingBytes + bytes > this.#maxBytes) return request.proceed('rate_limit');
    this.#waiting.push({ request, bytes });
    this.#waitingBytes += bytes;
    this.#delayed += 1;
    this.#arm();
  }

  /** Ends the wait of all that wait, without tokens. */
  end(admission: Admission): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waitingBytes = 0;
    for (const { request } of this.#waiting.splice(0)) request.proceed(admission);
  }

  #arm(): void {
    const [first] = this.#waiting;
    if (first === undefined || this.#timer !== undefined) return;
    const millis = Math.ceil(this.#bucket.millisUntil(first.request.cost));
    // A timer can fire a fraction early by the monotonic clock, or be too short for the wait; it is then armed again.
    this.#timer = setTimeout(() => this.#wake(), Math.min(Math.max(1, millis), MAX_TIMER_MILLIS)).unref();
  }

  #wake(): void {
    this.#timer = undefined;
    withoutTracing(() => {
      for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
        if (!this.#bucket.tryTake(first.request.cost)) break;
        this.#waiting.shift();
        this.#waitingBytes -= first.bytes;
        first.request.proceed('granted');
      }
    });
    this.#arm();
  }
}
