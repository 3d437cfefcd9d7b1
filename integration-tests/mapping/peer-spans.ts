import { runNode } from '@genspan/test-utils';
import { mapAttributes } from '@genspan/genai-mapping-span-processor';
import type { MappedAttributes, MappedEvent } from '@genspan/genai-mapping-span-processor';

/** The published instrumentations in `peers/`, and how their spans are made. */
export const PEERS = {
  '@opentelemetry/instrumentation-openai': ['openai-client.cjs', 'opentelemetry'],
  '@traceloop/instrumentation-openai': ['openai-client.cjs', 'traceloop'],
  '@arizeai/openinference-instrumentation-openai': ['openai-client.cjs', 'openinference'],
  'ai with @ai-sdk/otel': ['vercel.mjs', 'genai'],
  'ai with @ai-sdk/otel in its older form': ['vercel.mjs', 'legacy'],
} as const;

export type Peer = keyof typeof PEERS;
/** What is asked of the model: see `peers/calls.cjs`. */
export type Call = 'tools' | 'stream' | 'image' | 'embeddings' | 'error' | 'reasoning';

/** A span as the peer made it, and what it is in the conventions of today. */
export interface PeerSpan {
  readonly call: Call;
  readonly name: string;
  readonly original: Readonly<Record<string, unknown>>;
  readonly mapped: MappedAttributes;
}

interface PrintedSpan {
  readonly name: string;
  readonly scopeName: string;
  readonly parentSpanId?: string;
  readonly startTimeMillis: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly MappedEvent[];
}

/** Runs a peer in a process of its own, because two of them would patch one another's client, and translates its spans. */
export async function spansOf(peer: Peer, baseURL: string): Promise<readonly PeerSpan[]> {
  const cwd = `${__dirname}/peers`;
  const { exitCode, stdout, stderr } = await runNode({ args: [...PEERS[peer], baseURL], cwd, env: {} });
  if (exitCode !== 0) throw new Error(`${peer} ended with ${String(exitCode)}: ${stderr}`);
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  return lines.flatMap((line) => {
    const { call, spans } = JSON.parse(line) as { readonly call: Call; readonly spans: readonly PrintedSpan[] };
    return spans.map((span) => ({ call, name: span.name, original: span.attributes, mapped: toGenAI(span) }));
  });
}

function toGenAI({
  attributes,
  name,
  scopeName,
  parentSpanId,
  startTimeMillis,
  events,
}: PrintedSpan): MappedAttributes {
  return mapAttributes(attributes, {
    to: 'genai',
    mode: 'replace',
    events,
    scopeName,
    spanName: name,
    startTimeMillis,
    isLocalRoot: parentSpanId === undefined,
  });
}
