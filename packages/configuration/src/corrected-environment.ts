/**
 * Runs `work` while `process.env` holds the corrections, and puts everything back before it returns or throws.
 *
 * `work` must be synchronous: then nobody else sees the corrected environment, and no child process inherits it.
 *
 * @param corrections - for each variable the text to read, or `undefined` to find it unset
 * @returns what `work` returns
 */
export function withCorrectedEnvironment<T>(corrections: ReadonlyMap<string, string | undefined>, work: () => T): T {
  const before = [...corrections.keys()].map((name) => [name, process.env[name]] as const);
  for (const [name, text] of corrections) setVariable(name, text);
  try {
    return work();
  } finally {
    for (const [name, text] of before) setVariable(name, text);
  }
}

function setVariable(name: string, text: string | undefined): void {
  if (text === undefined) delete process.env[name];
  else process.env[name] = text;
}
