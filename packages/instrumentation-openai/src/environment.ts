import { parseContentCapture, CONTENT_CAPTURE_WORDS, type ContentCapture } from '@genspan/genai-operation';
import { diag } from '@opentelemetry/api';

/**
 * Defaults from the standard variables that every GenAI instrumentation reads by itself, so that they work in whatever
 * set-up the instrumentation is registered.
 */
export interface EnvironmentDefaults {
  readonly captureMessageContent: ContentCapture;
  readonly legacyMetrics: boolean;
  readonly emitEvents: boolean;
}

const CAPTURE = 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT';
const STABILITY = 'OTEL_SEMCONV_STABILITY_OPT_IN';
const EMIT_EVENT = 'OTEL_INSTRUMENTATION_GENAI_EMIT_EVENT';

/** Reads the defaults; a value that is not understood is one `diag` warning, and records no content. */
export function environmentDefaults(env: NodeJS.ProcessEnv = process.env): EnvironmentDefaults {
  const capture = env[CAPTURE]?.trim();
  const captureMessageContent = capture ? parseContentCapture(capture) : 'none';
  if (captureMessageContent === undefined) {
    diag.warn(`${CAPTURE}: expected ${CONTENT_CAPTURE_WORDS}; no message content is captured`);
  }
  const stability = (env[STABILITY] ?? '').split(',').map((part) => part.trim());
  return {
    captureMessageContent: captureMessageContent ?? 'none',
    legacyMetrics: stability.includes('gen_ai/dup'),
    emitEvents: env[EMIT_EVENT]?.trim().toLowerCase() !== 'false',
  };
}
