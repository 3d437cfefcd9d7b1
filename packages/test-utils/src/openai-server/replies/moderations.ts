import { json, type Reply, type RouteRequest } from '../reply.js';

/** Answers `POST /moderations`: one result per input; an input with the word "violence" is flagged. */
export function moderations({ params }: RouteRequest): Reply {
  const inputs: unknown[] = Array.isArray(params['input']) ? params['input'] : [params['input']];
  const results = inputs.map((input) => {
    const violence = JSON.stringify(input ?? '').includes('violence');
    return {
      flagged: violence,
      categories: { hate: false, violence },
      category_scores: { hate: 0.001, violence: violence ? 0.98 : 0.002 },
      category_applied_input_types: { hate: ['text'], violence: ['text'] },
    };
  });
  return json({ id: 'modr-1', model: 'omni-moderation-2024-09-26', results });
}
