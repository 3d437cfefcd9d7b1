import pico from 'picocolors';
import {
  GEN_AI_OPERATION_NAME_VALUE_CHAT,
  GEN_AI_OPERATION_NAME_VALUE_CREATE_AGENT,
  GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
  GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL,
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT,
  GEN_AI_OPERATION_NAME_VALUE_INVOKE_WORKFLOW,
  GEN_AI_OPERATION_NAME_VALUE_RETRIEVAL,
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
} from '@genspan/semconv';

type Paint = (text: string) => string;

/** How the parts of a printed trace are coloured; without colour every function returns its text. */
export interface ConsoleTheme {
  bold: Paint;
  dim: Paint;
  error: Paint;
  /** The colour of a GenAI operation; other spans are left in the terminal's own. */
  operation(name: string | undefined): Paint;
}

/** A theme with or without colour. */
export function createConsoleTheme(color: boolean): ConsoleTheme {
  const { bold, dim, red, cyan, magenta, yellow, green, blue } = pico.createColors(color);
  const byOperation = new Map<string, Paint>([
    [GEN_AI_OPERATION_NAME_VALUE_CHAT, cyan],
    [GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION, cyan],
    [GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT, cyan],
    [GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS, magenta],
    [GEN_AI_OPERATION_NAME_VALUE_RETRIEVAL, blue],
    [GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL, yellow],
    [GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT, green],
    [GEN_AI_OPERATION_NAME_VALUE_CREATE_AGENT, green],
    [GEN_AI_OPERATION_NAME_VALUE_INVOKE_WORKFLOW, green],
  ]);
  const plain: Paint = (text) => text;
  return { bold, dim, error: red, operation: (name) => byOperation.get(name ?? '') ?? plain };
}
