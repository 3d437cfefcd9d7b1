import { expectNoProblems, scenariosOf, TIMEOUT_MILLIS } from './scenario-runs.js';

jest.setTimeout(TIMEOUT_MILLIS);

describe('delivery to a receiver that fails', () => {
  it.each(scenariosOf('receiver'))('%s', (_, name) => expectNoProblems(name));
});
