import type { MessagePart } from '@genspan/semconv';
import { isDataUrl, isMimeType, writeDataUrl } from './data-url.js';
import { isFields } from './json.js';
import { mediaPart, modalityOf } from './media-part.js';

/**
 * Reads an attachment of Braintrust, which stands in the place of the data of an image or a file, or is a part by itself:
 * one that was uploaded (`key`), one that is somewhere else (`url`), or the data (`src`, `content`).
 *
 * @param problems - told of what is left behind
 * @returns `undefined` when it is none
 */
export function readAttachment(value: unknown, problems: (reason: string) => void): MessagePart | undefined {
  if (!isFields(value)) return undefined;
  const { type, key, url, src, content, content_type: contentType, filename } = value;
  const mimeType = typeof contentType === 'string' && isMimeType(contentType) ? contentType : undefined;
  const modality = (mimeType === undefined ? undefined : modalityOf(mimeType)) ?? 'document';
  if (typeof filename === 'string') problems('the name of a file has no place');
  const typed = mimeType === undefined ? {} : { mime_type: mimeType };
  switch (type) {
    case 'braintrust_attachment':
      return typeof key === 'string' && key !== '' ? { type: 'file', modality, file_id: key, ...typed } : undefined;
    case 'external_attachment':
      return typeof url === 'string' && url !== '' && !isDataUrl(url)
        ? { type: 'uri', modality, uri: url, ...typed }
        : mediaPart(modality, url);
    case 'inline_attachment':
      return mediaPart(modality, src);
    case 'base64_attachment':
      return mediaPart(
        modality,
        typeof content === 'string' && !isDataUrl(content) ? writeDataUrl(content, mimeType) : content,
      );
    default:
      return undefined;
  }
}
