import { StreamedToolCalls } from '../../src/chat/streamed-tool-calls.js';

describe('StreamedToolCalls', () => {
  it('puts each call together from its pieces, in the order of their index', () => {
    const calls = new StreamedToolCalls();
    calls.add({ index: 1, id: 'call_b', type: 'custom', custom: { name: 'c', input: 'x' } });
    calls.add({ index: 0, id: 'call_a', type: 'function', function: { name: 'f', arguments: '{' } });
    calls.add({ index: 1, custom: { input: 'y' } });
    calls.add({ index: 0, function: { arguments: '}' } });
    expect(calls.all()).toMatchObject([
      { id: 'call_a', type: 'function', function: { name: 'f', arguments: '{}' } },
      { id: 'call_b', type: 'custom', custom: { name: 'c', input: 'xy' } },
    ]);
  });

  it('leaves out a call that no piece came for', () => {
    const calls = new StreamedToolCalls();
    calls.add({ index: 3, id: 'call_d' });
    expect(calls.all()).toMatchObject([{ id: 'call_d' }]);
  });

  it('trusts an index more than an id that changes with each piece', () => {
    const calls = new StreamedToolCalls();
    calls.add({ index: 0, id: 'tool-1', function: { name: 'f', arguments: '{' } });
    calls.add({ index: 0, id: 'tool-2', function: { arguments: '}' } });
    expect(calls.all()).toMatchObject([{ function: { name: 'f', arguments: '{}' } }]);
  });
});
