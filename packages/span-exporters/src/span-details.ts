import { SpanStatusCode } from '@opentelemetry/api';
import { ATTR_GENSPAN_RESPONSE_OUTCOME } from '@genspan/semconv';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { formatCount, formatDuration } from './format-quantity.js';
import { summarizeGenAI } from './genai-summary.js';
import type { GenAISummary, TokenUsage } from './genai-summary.js';
import { printableLine } from './printable-text.js';

const MAX_WORD = 60;
const MAX_STATUS_MESSAGE = 200;

/** What stands to the right of a span's name: who answered, how many tokens, why it stopped. No content. */
export function detailsOf(span: ReadableSpanLike, name: string): string {
  const summary = summarizeGenAI(span);
  const { provider, tool, finishReasons, timeToFirstChunkMillis, usage } = summary;
  const attributes: Record<string, unknown> = span.attributes;
  const outcome = attributes[ATTR_GENSPAN_RESPONSE_OUTCOME];
  const httpStatus = attributes['http.response.status_code'];
  const details = [
    provider,
    modelToShow(summary, name),
    tool !== undefined && !name.includes(tool) ? tool : undefined,
    usage === undefined ? undefined : formatUsage(usage),
    timeToFirstChunkMillis === undefined ? undefined : `first chunk ${formatDuration(timeToFirstChunkMillis)}`,
    unusualReasons(finishReasons),
    typeof outcome === 'string' ? outcome : undefined,
    typeof httpStatus === 'number' ? `HTTP ${httpStatus}` : undefined,
  ];
  return details
    .filter((detail) => detail !== undefined)
    .map((detail) => printableLine(detail, MAX_WORD))
    .join(' · ');
}

/** The model, unless the span's name says it; a dated snapshot of the model in the name says nothing new either. */
function modelToShow({ requestModel, responseModel }: GenAISummary, name: string): string | undefined {
  const isNamed = requestModel !== undefined && name.includes(requestModel);
  if (!isNamed) return responseModel ?? requestModel;
  return responseModel?.startsWith(requestModel) ? undefined : responseModel;
}

/** Reasons other than the model having said all it had to say. */
function unusualReasons(finishReasons: readonly string[]): string | undefined {
  const unusual = new Set(finishReasons.filter((reason) => reason !== 'stop'));
  return unusual.size === 0 ? undefined : [...unusual].join(', ');
}

/** Token counts: `1,204 → 256 tokens (1,024 cached, 64 reasoning)`. */
export function formatUsage({ input, output, cached, reasoning }: TokenUsage): string {
  const parts = [];
  if (cached > 0) parts.push(`${formatCount(cached)} cached`);
  if (reasoning > 0) parts.push(`${formatCount(reasoning)} reasoning`);
  const counts = output === 0 ? formatCount(input) : `${formatCount(input)} → ${formatCount(output)}`;
  return `${counts} tokens${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`;
}

/** The error of a failed span, as its status says it, or `undefined`: `RateLimitError: 429 quota exceeded`. */
export function errorOf(span: ReadableSpanLike): string | undefined {
  if (span.status.code !== SpanStatusCode.ERROR) return undefined;
  const { errorType } = summarizeGenAI(span);
  const message = span.status.message;
  const said = [errorType, message === errorType ? undefined : message].filter(
    (part) => part !== undefined && part !== '',
  );
  return said.length === 0 ? 'error' : printableLine(said.join(': '), MAX_STATUS_MESSAGE);
}
