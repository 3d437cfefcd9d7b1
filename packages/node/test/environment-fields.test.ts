import { diag } from '@opentelemetry/api';
import { usableFields } from '../src/environment-fields.js';
import { captureDiag } from './captured-diag.js';

let errors: readonly string[];
beforeEach(() => void ({ errors } = captureDiag()));
afterEach(() => diag.disable());

describe('usableFields', () => {
  it('gives the paths as they are when all are right', () => {
    const paths = ['api_key', '*.authorization', 'messages[role=user]', 'gen_ai.tool.call.arguments.**.ssn'];
    expect(usableFields(paths)).toEqual(paths);
    expect(errors).toEqual([]);
  });

  it('leaves out those that are wrong, with one error each that names the path by its place', () => {
    expect(usableFields(['a', 'b[', 'c', 'd..e'])).toEqual(['a', 'c']);
    expect(errors).toEqual([
      expect.stringMatching(/^OTEL_GENSPAN_REDACTION_FIELDS: Expected `fields\[1\]` .*; this field is left out$/),
      expect.stringMatching(/^OTEL_GENSPAN_REDACTION_FIELDS: Expected `fields\[3\]` .*; this field is left out$/),
    ]);
  });
});
