// braintrust's wrapper. It does not write OpenTelemetry spans but rows to a background logger; this logger computes the
// rows, as the real one must before it sends them, and throws them away.

import * as braintrust from 'braintrust';

class DiscardingBackgroundLogger {
  rows = 0;
  #pending = [];

  log(rows) {
    this.#pending.push(...rows);
  }

  async flush() {
    const pending = this.#pending;
    this.#pending = [];
    for (const row of pending) await row.get();
    this.rows += pending.length;
  }

  pendingFlushBytes() {
    return 0;
  }

  flushBackpressureBytes() {
    return Infinity;
  }
}

export const name = 'braintrust';
export const create = async ({ client }) => {
  // Its own test login, which needs no server.
  braintrust._exportsForTestingOnly.setInitialTestState();
  await braintrust._exportsForTestingOnly.simulateLoginForTests();
  const logger = new DiscardingBackgroundLogger();
  braintrust._internalGetGlobalState().setOverrideBgLogger(logger);
  braintrust.initLogger({ projectName: 'benchmark', projectId: 'benchmark' });
  const wrapped = braintrust.wrapOpenAI(client);
  return {
    call: (params) => wrapped.chat.completions.create(params),
    flush: () => logger.flush(),
    recorded: () => logger.rows,
  };
};
