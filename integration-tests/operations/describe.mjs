// Turns whatever a caller can hold in its hand into JSON that two runs can be compared by.
import { createHash } from 'node:crypto';

/** Members of pages and clients that hold the client itself or the raw exchange. */
const SKIPPED = new Set(['client', '_client', 'options', 'response', 'body', 'headers']);
const MAX_DEPTH = 12;

/** Describes any value: its class, its own enumerable members, and what errors, responses and bytes are made of. */
export function describe(value, depth = 0) {
  if (value === undefined) return '[undefined]';
  if (typeof value === 'function') return `[function ${value.name}]`;
  if (typeof value === 'bigint' || typeof value === 'symbol') return `[${String(value)}]`;
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return '[deep]';
  if (value instanceof Error) return describeError(value, depth);
  if (Buffer.isBuffer(value)) return { bytes: value.length, sha1: sha1(value) };
  if (value instanceof ArrayBuffer) return { arrayBuffer: value.byteLength, sha1: sha1(Buffer.from(value)) };
  if (ArrayBuffer.isView(value)) return { [value.constructor.name]: value.byteLength };
  if (Array.isArray(value)) return value.map((item) => describe(item, depth + 1));
  if (typeof value.arrayBuffer === 'function' && typeof value.status === 'number') return describeResponse(value);
  return describeObject(value, depth);
}

function describeObject(value, depth) {
  const className = value.constructor?.name ?? 'null prototype';
  const result = className === 'Object' ? {} : { '[class]': className };
  for (const [key, member] of Object.entries(value)) {
    if (!SKIPPED.has(key) || className === 'Object') result[key] = describe(member, depth + 1);
  }
  // The client adds the id of the request out of the sight of JSON.
  if (value._request_id !== undefined) result['[_request_id]'] = value._request_id;
  return result;
}

function describeError(error, depth) {
  const { name, message, status, code, type, param } = error;
  const result = { '[error]': error.constructor.name, name, message: withoutPort(message) };
  for (const [key, member] of Object.entries({ status, code, type, param })) {
    if (member !== undefined) result[key] = describe(member, depth + 1);
  }
  result.keys = Object.keys(error).sort();
  if (error.cause !== undefined) result.cause = describe(error.cause, depth + 1);
  if (error.requestID ?? error.request_id) result.requestID = error.requestID ?? error.request_id;
  return result;
}

function withoutPort(message) {
  return String(message).replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT');
}

function describeResponse(response) {
  return {
    '[response]': response.constructor.name,
    status: response.status,
    contentType: response.headers.get('content-type'),
    requestID: response.headers.get('x-request-id'),
    bodyUsed: response.bodyUsed,
  };
}

/** What can be told of a promise without awaiting it. */
export function describePromise(promise) {
  return {
    class: promise.constructor.name,
    chain: classChain(promise),
    isPromise: promise instanceof Promise,
    tag: Object.prototype.toString.call(promise),
    keys: Object.keys(promise).sort(),
    withResponse: typeof promise.withResponse,
    asResponse: typeof promise.asResponse,
    thenUnwrap: typeof promise._thenUnwrap,
    asyncIterator: typeof promise[Symbol.asyncIterator],
  };
}

/** What can be told of a stream without pulling from it. */
export function describeStream(stream) {
  return {
    class: stream.constructor.name,
    chain: classChain(stream),
    keys: Object.keys(stream).sort(),
    controller: stream.controller?.constructor.name,
    aborted: stream.controller?.signal.aborted,
    tee: typeof stream.tee,
    toReadableStream: typeof stream.toReadableStream,
    iterator: typeof stream[Symbol.asyncIterator],
  };
}

function classChain(object) {
  const names = [];
  for (let proto = Object.getPrototypeOf(object); proto !== null; proto = Object.getPrototypeOf(proto)) {
    names.push(proto.constructor?.name);
  }
  return names.join(' < ');
}

/** What `work` returns or throws, described. */
export async function outcomeOf(work) {
  try {
    return { value: describe(await work()) };
  } catch (error) {
    return { thrown: describe(error) };
  }
}

/** A short name for a list that would be long to compare by eye, yet differs whenever the list does. */
export function digest(value) {
  return sha1(JSON.stringify(describe(value)));
}

function sha1(bytes) {
  return createHash('sha1').update(bytes).digest('hex').slice(0, 12);
}
