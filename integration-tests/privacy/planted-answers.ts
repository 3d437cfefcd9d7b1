import type { ClientTypes } from './client-types.js';
import { declaredValues, type Filling } from './declared-values.js';
import type { HostileAnswer } from './hostile-server.js';
import type { PlannedCall } from './plan.js';
import { MODEL, observedMethods, type CallOf } from './planted-requests.js';
import type { SecretField, SecretShape } from './planted-secrets.js';

/** A call and what the server answers to it. */
export interface AnsweredCall {
  readonly call: PlannedCall;
  readonly answer: HostileAnswer;
}

/** Enough to see every event twice; a response within an event is as large as a response. */
const VALUES_PER_EVENT = 2;
const MOST_RESPONSES = 12;

/**
 * Calls whose answers have a secret in every field that the client declares for them, as a server would that repeats
 * what it was sent. Who answered is the server's own to say: ids, model and fingerprint of the response.
 */
export function plantedAnswers(
  types: ClientTypes,
  secrets: SecretField,
  client: string,
  shape: SecretShape,
): AnsweredCall[] {
  return observedMethods(types).flatMap(({ name, call, declared }) => {
    const ask = (stream: boolean): PlannedCall => call(client, plainArguments(declared.parameters.length, stream));
    const filling = plantInEveryField(secrets, shape);
    const { response, chunk } = declared;
    const bodies =
      response === undefined
        ? []
        : declaredValues(types.checker, response, `${name}>`, filling, MOST_RESPONSES).map((body): AnsweredCall => ({
            call: ask(false),
            answer: { kind: 'json', status: 200, body },
          }));
    if (chunk === undefined) return bodies;
    const kinds = chunk.isUnion() ? chunk.types : [chunk];
    const events = kinds.flatMap((kind, index) =>
      declaredValues(types.checker, kind, `${name}>${index}`, filling, VALUES_PER_EVENT),
    );
    const streams = [events, ...brokenStreams(events, secrets, `${name}>`, shape)];
    return [
      ...bodies,
      ...streams.map((stream): AnsweredCall => ({ call: ask(true), answer: { kind: 'events', events: stream } })),
    ];
  });
}

/** Streams that end before their last event, by an error or for no reason. */
function brokenStreams(
  events: readonly unknown[],
  secrets: SecretField,
  path: string,
  shape: SecretShape,
): unknown[][] {
  const plant = (place: string): string => secrets.at(`${path}.broken.${place}`, shape);
  const fields = ['message', 'code', 'param', 'type'].map((name) => [name, plant(name)]);
  const error: unknown = Object.fromEntries(fields);
  const open = events.filter(
    (event) => !/"type":"response\.(completed|failed|incomplete)"/.test(JSON.stringify(event)),
  );
  return [
    open,
    [...open, { error }],
    [...open, { ...(error as object), type: 'error', sequence_number: 9 }],
    // Sent as it is, so that the client cannot parse it.
    [...open, `{"choices": ${plant('what does not parse')}`],
  ];
}

/** Statuses that the client has classes of errors for, and some for which it has none. */
const STATUSES = [400, 401, 402, 403, 404, 409, 413, 422, 429, 500, 503];

/** Calls that fail with errors that repeat what was sent, in the ways that servers word errors. */
export function plantedErrors(
  types: ClientTypes,
  secrets: SecretField,
  client: string,
  shape: SecretShape,
): AnsweredCall[] {
  const methods = observedMethods(types);
  return STATUSES.flatMap((status) => {
    const plant = (place: string): string => secrets.at(`error ${status}.${place}`, shape);
    const headers = { 'x-request-id': secrets.at(`error ${status}.headers`, 'key') };
    const lines = [plant('message'), `    at ${plant('frame')} (file:///app.js:1:2)`, plant('line')];
    const error = { message: lines.join('\n'), code: plant('code'), param: plant('param'), type: plant('type') };
    const bodies = [
      { error },
      { error: plant('error') },
      error,
      { detail: [{ msg: plant('msg'), loc: [plant('loc')] }] },
    ];
    return bodies
      .flatMap((body): HostileAnswer[] => [{ kind: 'json', status, body, headers }])
      .concat([{ kind: 'text', status, contentType: 'text/html', text: `<h1>${plant('html')}</h1>` }])
      .map((answer, index) => {
        // Different methods in turn: reading a failure is the same code for all of them.
        const { call, declared } = pick(methods, status + index);
        return { call: call(client, plainArguments(declared.parameters.length, index % 2 === 0)), answer };
      });
  });
}

/** Answers with status 200 that are none. */
export function plantedNonsense(
  types: ClientTypes,
  secrets: SecretField,
  client: string,
  shape: SecretShape,
): AnsweredCall[] {
  return observedMethods(types).flatMap(({ name, call, declared }) => {
    const args = plainArguments(declared.parameters.length, false);
    const plant = (place: string): string => secrets.at(`${name}.nonsense.${place}`, shape);
    const answers: HostileAnswer[] = [
      { kind: 'text', status: 200, contentType: 'application/json', text: plant('what does not parse') },
      { kind: 'json', status: 200, body: plant('string') },
      { kind: 'json', status: 200, body: [plant('list')] },
      { kind: 'json', status: 200, body: { error: { message: plant('message'), code: plant('code') } } },
    ];
    return answers.map((answer) => ({ call: call(client, args), answer }));
  });
}

function pick<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new RangeError('Expected a list with items');
  return item;
}

/** Nothing to hide: an id for each parameter but the last, which has the fields that streaming and paths need. */
function plainArguments(count: number, stream: boolean): Parameters<CallOf>[1] {
  const ids = Array.from({ length: count - 1 }, () => 'conv_1');
  return [...ids, { model: MODEL, stream, conversation_id: 'conv_1', messages: [], input: 'hello' }];
}

/** Where a response says who made it, itself or within an event. */
const WHO_ANSWERED = /^[\w.]+>\d*(?:\|[^.]*)?(?:\.response)?\.(id|model|system_fingerprint|service_tier)$/;
const SERVERS_OWN: Readonly<Record<string, string>> = {
  id: 'resp_1',
  model: MODEL,
  system_fingerprint: 'fp_1',
  service_tier: 'default',
};

function plantInEveryField(secrets: SecretField, shape: SecretShape): Filling {
  let turn = 0;
  const plant = (path: string): string => secrets.at(path, shape);
  return {
    string: plant,
    key: plant,
    // The words of enumerations are the server's own.
    word: (_path, words) => words[turn++ % words.length] ?? '',
    fixed: (path) => SERVERS_OWN[WHO_ANSWERED.exec(path)?.[1] ?? ''],
  };
}
