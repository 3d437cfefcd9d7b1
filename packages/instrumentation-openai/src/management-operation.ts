import type { ClientOperation } from './client-operation.js';
import { fields, text } from './untyped.js';

/**
 * A call that manages files or jobs and asks no model for anything. Its span is named `{operation} {method}`
 * (`batch retrieve`).
 *
 * No content is recorded, nor the name of a file or job: those are the user's own words. Nor is the usage of a batch,
 * which each look at the batch would count again.
 *
 * @param operationName - `gen_ai.operation.name`
 * @param method - name of the client's method
 */
export function managementOperation(operationName: string, method: string): ClientOperation {
  const spanName = `${operationName} ${method}`;
  return {
    request: ([params]) => ({ kind: 'other', operationName, spanName, requestModel: text(fields(params)['model']) }),
    // A list, which may come as the HTTP response, and a file's bytes have no model.
    response: (value) => ({ result: { responseModel: text(fields(value)['model']) } }),
  };
}
