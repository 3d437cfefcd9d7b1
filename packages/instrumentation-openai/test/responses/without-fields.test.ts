import { withoutCredentials, withoutEncrypted } from '../../src/responses/without-fields.js';

describe('withoutEncrypted', () => {
  it('leaves encrypted content out at any depth, and the original as it was', () => {
    const item = { a: [{ b: 1, encrypted_content: 'x' }, 2], encrypted_content: null, c: { d: [3] } };
    const before = structuredClone(item);
    const kept = withoutEncrypted(item);
    expect(kept).toEqual({ a: [{ b: 1 }, 2], c: { d: [3] } });
    expect(item).toEqual(before);
    expect((kept as typeof item).c).toBe(item.c);
  });

  it('is the value itself where nothing is encrypted', () => {
    for (const value of ['encrypted_content', 5, null, undefined, { a: [{ b: undefined }] }, []]) {
      expect(withoutEncrypted(value)).toBe(value);
    }
  });

  it('ends on a cycle', () => {
    const cycle: Record<string, unknown> = { encrypted_content: 'x' };
    cycle['self'] = cycle;
    expect(JSON.stringify(withoutEncrypted(cycle))).not.toContain('encrypted');
  });
});

describe('withoutCredentials', () => {
  it('leaves the keys of servers and hosts out at any depth', () => {
    const policy = { type: 'allowlist', domain_secrets: [{ name: 'a', value: 'b' }] };
    const tools = [{ server_label: 'x', authorization: 'a', headers: { b: 'c' } }, { container: { policy } }];
    expect(withoutCredentials({ type: 'new', tools })).toEqual({
      type: 'new',
      tools: [{ server_label: 'x' }, { container: { policy: { type: 'allowlist' } } }],
    });
  });
});
