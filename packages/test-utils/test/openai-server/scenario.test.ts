import { SCENARIOS } from '@genspan/test-utils';

import { Scenario, scenarioTextOf, splitModel } from '../../src/openai-server/scenario';

describe('Scenario', () => {
  it('takes every name of the table', () => {
    for (const name of Object.keys(SCENARIOS)) expect(() => new Scenario(name)).not.toThrow();
  });

  it('takes several names, each with an argument', () => {
    const scenario = new Scenario('tools, slow-stream:5');
    expect([scenario.has('tools'), scenario.has('slow-stream'), scenario.has('ok')]).toEqual([true, true, false]);
    expect(scenario.argument('slow-stream', 20)).toBe(5);
    expect(scenario.argument('tools', 7)).toBe(7);
  });

  it.each([
    ['', 'got ``'],
    ['toString', 'got `toString`'],
    ['ok,nonsense', 'got `nonsense`'],
    ['slow-stream:fast', 'Expected the argument of scenario `slow-stream` to be a number, got `fast`'],
  ])('refuses %j and says why', (text, message) => {
    expect(() => new Scenario(text)).toThrow(message);
  });
});

describe('where a request names its scenario', () => {
  it('is the header before the deployment, the deployment before the model', () => {
    const azure = '/openai/deployments/mine@tools/chat/completions';
    const body = { model: 'gpt-4o@refusal' };
    expect(scenarioTextOf({ 'x-scenario': 'hang' }, azure, body)).toBe('hang');
    expect(scenarioTextOf({}, azure, body)).toBe('tools');
    expect(scenarioTextOf({}, '/v1/chat/completions', body)).toBe('refusal');
    expect(scenarioTextOf({}, '/v1/files', undefined)).toBe('ok');
  });

  it('is split off the model', () => {
    expect(splitModel('gpt-4o@tools,slow-stream:5')).toEqual({ model: 'gpt-4o', scenario: 'tools,slow-stream:5' });
    expect(splitModel('gpt-4o')).toEqual({ model: 'gpt-4o', scenario: undefined });
  });
});
