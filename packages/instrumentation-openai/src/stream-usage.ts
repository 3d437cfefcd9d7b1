import { fields } from './untyped.js';

/**
 * The arguments of a streaming call with `stream_options.include_usage` added, in a copy.
 *
 * @returns `undefined` when the call does not stream or says itself whether it wants usage
 */
export function withStreamUsage(args: readonly unknown[]): readonly unknown[] | undefined {
  const [params, ...rest] = args;
  const { stream, stream_options: options } = fields(params);
  if (stream !== true || 'include_usage' in fields(options)) return undefined;
  return [{ ...fields(params), stream_options: { ...fields(options), include_usage: true } }, ...rest];
}

/**
 * Makes a chunk what it would have been without `include_usage`: the API then sends `usage: null` on every chunk and
 * one more at the end, without choices.
 *
 * @returns whether the chunk is that last one, which the caller must not see
 */
export function hideUsage(chunk: unknown): boolean {
  const { choices, usage } = fields(chunk);
  if (usage === null && typeof chunk === 'object' && chunk !== null) Reflect.deleteProperty(chunk, 'usage');
  return Array.isArray(choices) && choices.length === 0 && typeof usage === 'object' && usage !== null;
}
