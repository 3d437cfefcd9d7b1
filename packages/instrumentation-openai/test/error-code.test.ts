import { errorCode } from '../src/error-code.js';

describe('errorCode', () => {
  it.each([
    'rate_limit_exceeded',
    'insufficient_quota',
    'invalid_request_error',
    'context_length_exceeded',
    'image_content_policy_violation',
    'invalid_base64_image',
    'model_not_found',
    'DeploymentNotFound',
    'requests',
  ])('lets %s through', (code) => {
    expect(errorCode(code)).toBe(code);
  });

  it.each([
    'my_secret',
    'rate_limit_hunter',
    'my secret',
    'not found',
    '',
    '_',
    'x'.repeat(61),
    'not_'.repeat(16),
    'sk-123',
    'constructor',
    '__proto__',
    7,
    null,
  ])('stops %p, which has words that no API has in its codes', (value) => {
    expect(errorCode(value)).toBeUndefined();
  });
});
