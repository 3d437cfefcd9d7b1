import { expectNoProblems, scenariosOf, TIMEOUT_MILLIS } from './scenario-runs.js';

jest.setTimeout(TIMEOUT_MILLIS);

describe('delivery from a process or a disk that fails', () => {
  it.each(scenariosOf('process'))('%s', (_, name) => expectNoProblems(name));
});
