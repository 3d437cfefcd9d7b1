import { completionRequestContent } from '../../src/completions/request-content.js';

describe('completionRequestContent', () => {
  it('puts the suffix behind every prompt, and stop sequences among the content', () => {
    const suffix = { type: 'suffix', content: '!' };
    expect(completionRequestContent({ prompt: ['a', [1, 2]], suffix: '!', stop: ['x'] })).toEqual({
      inputMessages: [
        { role: 'user', parts: [{ type: 'text', content: 'a' }, suffix] },
        { role: 'user', parts: [{ type: 'token_ids', token_count: 2 }, suffix] },
      ],
      attributes: { 'gen_ai.request.stop_sequences': ['x'] },
    });
  });

  it('skips what is no prompt', () => {
    expect(completionRequestContent({ prompt: ['a', null, {}, ['b']] }).inputMessages).toHaveLength(1);
  });
});
