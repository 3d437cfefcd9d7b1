import { SURFACE } from '../../packages/instrumentation-openai/src/surface.js';
import type { ClientTypes, DeclaredMethod } from './client-types.js';
import { declaredValues, type Filling } from './declared-values.js';
import type { PlannedCall } from './plan.js';
import type { SecretField, SecretShape } from './planted-secrets.js';

/** The one field of a request that the conventions want on the span. */
export const MODEL = 'gpt-4o-mini';

/** How to plant secrets in requests. */
export interface PlantingOptions {
  readonly shape: SecretShape;
  /**
   * Whether a secret also takes the place of the words that tell the members of a union apart (`type`, `role`).
   * The request then has parts that nobody knows.
   */
  readonly everyWord: boolean;
  /** Most values of each parameter. @defaultValue as many as it takes for every field */
  readonly most?: number;
}

/** The methods that are observed and that the installed client has. */
export function observedMethods(types: ClientTypes): { name: string; call: CallOf; declared: DeclaredMethod }[] {
  return SURFACE.flatMap(({ instancePath, method }) => {
    const declared = types.method(instancePath, method);
    const call: CallOf = (client, args) => ({ client, resource: instancePath, method, args });
    return declared === undefined ? [] : [{ name: [...instancePath, method].join('.'), call, declared }];
  });
}

/** Makes a call of one method. */
export type CallOf = (client: string, args: readonly unknown[]) => PlannedCall;

/** Calls of every observed method with a secret in every field that its parameters declare, and in its options. */
export function plantedCalls(
  types: ClientTypes,
  secrets: SecretField,
  client: string,
  options: PlantingOptions,
): PlannedCall[] {
  return observedMethods(types).flatMap(({ name, call, declared }) => {
    const filling = plantInEveryField(secrets, options);
    const columns = declared.parameters.map(({ type }, index) =>
      declaredValues(types.checker, type, `${name}.${index}`, filling, options.most),
    );
    const count = Math.max(...columns.map((column) => column.length));
    const rows = Array.from({ length: count }, (_, row) => columns.map((column) => column[row % column.length]));
    return rows
      .flatMap((args, index) => (declared.chunk === undefined ? [args] : asStreams(args, index, options.shape)))
      .map((args) => call(client, [...args, requestOptions(secrets, name)]));
  });
}

/** The same arguments, streamed and not; in turns where other shapes have done both. */
function asStreams(args: readonly unknown[], index: number, shape: SecretShape): unknown[][] {
  const last = args.length - 1;
  const choices = shape === 'text' ? [true, false] : [index % 2 === 0];
  return choices.map((stream) => [...args.slice(0, last), { ...(args[last] as object), stream }]);
}

function plantInEveryField(secrets: SecretField, { shape, everyWord }: PlantingOptions): Filling {
  const plant = (path: string): string => secrets.at(path, shape);
  return {
    string: plant,
    key: plant,
    // One word alone is what the type is known by.
    word: (path, words) => (everyWord || words.length !== 1 ? plant(path) : (words[0] ?? '')),
    fixed: (path) => (/^[\w.]+\.\d(?:\|[^.]*)?\.model$/.test(path) ? MODEL : undefined),
  };
}

/** What a caller may say about one request. Header names and values are limited in their characters. */
function requestOptions(secrets: SecretField, name: string): Record<string, unknown> {
  const plant = (place: string, shape: SecretShape): string => secrets.at(`${name}.options.${place}`, shape);
  return {
    headers: {
      authorization: `Bearer ${plant('headers.authorization', 'key')}`,
      [`x-${plant('headers.{key}', 'word')}`]: plant('headers.{value}', 'key'),
    },
    query: { [plant('query.{key}', 'text')]: plant('query.{value}', 'text') },
    idempotencyKey: plant('idempotencyKey', 'key'),
    maxRetries: 0,
  };
}
