/** Resources of Bedrock that stand for a model as it is sold by the token; others are the customer's own. */
const SOLD_BY_TOKEN = /^arn:[^/]*:(?:foundation-model|inference-profile)\/(.+)$/;

/** Resources of Google's that name a model behind the path of the one who made it. */
const GOOGLE_RESOURCE = /^(?:.*\/)?models\/([^/]+)$/;

/**
 * The name under which the table of prices knows a model, out of what providers let one call it.
 *
 * @param provider - its id in the table
 * @returns `undefined` for a resource of the customer's own, whose name says nothing of its price
 */
export function modelNameFor(provider: string, model: string): string | undefined {
  if (provider === 'aws' && model.startsWith('arn:')) return SOLD_BY_TOKEN.exec(model)?.[1];
  if (provider === 'google' && model.includes('/')) return GOOGLE_RESOURCE.exec(model)?.[1];
  return model;
}
