import { checkBase64, checkUri } from '../src/validate-media';
import type { ValidationProblem } from '../src/validation-problem';

function problemsOf(check: typeof checkBase64, value: unknown): ValidationProblem[] {
  const problems: ValidationProblem[] = [];
  check({ field: value }, 'field', '$', problems);
  return problems;
}

it.each(['', 'QQ==', 'QUI=', 'QUJD', '+/+/'])('takes %j as base64', (text) => {
  expect(problemsOf(checkBase64, text)).toEqual([]);
});

it.each(['=', 'Q===', 'QQ=', 'QQ==\n', 'Q=Q=', '====', 'QUJ\n', 'äöüß'])('does not take %j as base64', (text) => {
  expect(problemsOf(checkBase64, text)).toHaveLength(1);
});

it('checks megabytes without running out of stack', () => {
  const megabytes = Buffer.alloc(24_000_000, 7).toString('base64');
  expect(problemsOf(checkBase64, megabytes)).toEqual([]);
  expect(problemsOf(checkBase64, `${megabytes.slice(0, -4)}AA!A`)).toHaveLength(1);
});

it.each(['https://example.com/data:image', 'gs://b/o', 'a.png'])('takes %j as a reference', (uri) => {
  expect(problemsOf(checkUri, uri)).toEqual([]);
});

it.each([' data:,x', 'Data:,x', '', null])('does not take %j as a reference', (uri) => {
  expect(problemsOf(checkUri, uri)).toHaveLength(1);
});
