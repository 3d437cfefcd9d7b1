import { responseUsage } from '../../src/responses/usage';

describe('responseUsage', () => {
  it('reads totals and the parts of them', () => {
    const usage = {
      input_tokens: 100,
      input_tokens_details: { cached_tokens: 60, cache_write_tokens: 20 },
      output_tokens: 40,
      output_tokens_details: { reasoning_tokens: 30 },
      total_tokens: 140,
    };
    expect(responseUsage(usage)).toMatchObject({
      input: 100,
      cacheRead: 60,
      cacheWrite: 20,
      output: 40,
      reasoning: 30,
    });
  });

  it('leaves out what was not sent, and has none for a response without usage', () => {
    expect(responseUsage({ input_tokens: '5', output_tokens: true })).toEqual(
      expect.not.objectContaining({ input: expect.anything(), output: expect.anything() }),
    );
    expect(responseUsage(null)).toBeUndefined();
    expect(responseUsage(undefined)).toBeUndefined();
  });
});
