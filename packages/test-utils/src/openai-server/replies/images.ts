import { asNumber, isTrue } from '../../json.js';
import { CREATED_AT, json, typedEvents, type Reply, type RouteRequest } from '../reply.js';

const IMAGE_BASE64 = Buffer.from('PNG-like image bytes').toString('base64');
const USAGE = {
  input_tokens: 12,
  input_tokens_details: { text_tokens: 12, image_tokens: 0 },
  output_tokens: 272,
  total_tokens: 284,
};
const FORMAT = { background: 'opaque', output_format: 'png', quality: 'low', size: '1024x1024' };

/** Answers `POST /images/generations`, `/images/edits` and `/images/variations`. */
export function images({ params, groups, scenario }: RouteRequest): Reply {
  const prefix = groups['action'] === 'edits' ? 'image_edit' : 'image_generation';
  const usage = scenario.has('no-usage') ? {} : { usage: USAGE };
  if (isTrue(params['stream'])) {
    const partials = Array.from({ length: asNumber(params['partial_images'], 1) }, (_, partial_image_index) => ({
      type: `${prefix}.partial_image`,
      partial_image_index,
      b64_json: IMAGE_BASE64,
      created_at: CREATED_AT,
      ...FORMAT,
    }));
    const completed = {
      type: `${prefix}.completed`,
      b64_json: IMAGE_BASE64,
      created_at: CREATED_AT,
      ...FORMAT,
      ...usage,
    };
    return typedEvents([...partials, completed]);
  }
  const asUrl = params['response_format'] === 'url';
  const image = asUrl ? { url: 'https://example.com/image-1.png' } : { b64_json: IMAGE_BASE64 };
  const data = Array.from({ length: asNumber(params['n'], 1) }, () => image);
  return json({ created: CREATED_AT, ...FORMAT, data, ...usage });
}
