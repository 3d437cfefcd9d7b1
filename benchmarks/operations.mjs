// What the application does with the client in the benchmarks.

/** Each call gets its own params: one peer writes on them. */
const fresh = (params) => ({ ...params });

/** A call that gives one completion. */
export const complete = async (variant, params) => {
  await variant.call(fresh(params));
};

/** A streamed call that is read to its end. */
export const readStream = async (variant, params) => {
  for await (const chunk of await variant.call(fresh(params))) void chunk;
};

/** A streamed call that the application leaves at its third chunk. */
export const breakStream = async (variant, params) => {
  let chunks = 0;
  for await (const chunk of await variant.call(fresh(params))) {
    void chunk;
    if (++chunks === 3) break;
  }
};

/** A streamed call whose chunks nobody asks for. */
export const ignoreStream = async (variant, params) => {
  await variant.call(fresh(params));
};
