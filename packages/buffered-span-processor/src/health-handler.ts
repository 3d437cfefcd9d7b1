import type { BufferedSpanProcessorStats } from './buffered-stats.js';

/** What the handler reads of a request. */
export interface HealthRequest {
  readonly method?: string | undefined;
}

/** What the handler does with a response: `ServerResponse` of `node:http`, and what Express makes of it. */
export interface HealthResponse {
  statusCode: number;
  readonly headersSent: boolean;
  setHeader(name: string, value: string | number): unknown;
  end(body?: string): unknown;
}

/** Answers one request. */
export type HealthHandler = (request: HealthRequest, response: HealthResponse) => void;

/** Whose health it is. */
export interface HealthSource {
  isHealthy(): boolean;
  stats(): Pick<BufferedSpanProcessorStats, 'exported' | 'dropped' | 'errors'>;
  queueSize(): number;
  pendingCount(): number;
}

/** Answers GET and HEAD with 200 or 503 and numbers as JSON, never cached; nothing of a span is in it. */
export function createHealthHandler(source: HealthSource): HealthHandler {
  return ({ method = 'GET' }, response) => {
    if (response.headersSent) return;
    if (method !== 'GET' && method !== 'HEAD') {
      response.statusCode = 405;
      response.setHeader('allow', 'GET, HEAD');
      response.end();
      return;
    }
    const healthy = source.isHealthy();
    const { exported, dropped, errors } = source.stats();
    const status = healthy ? 'ok' : 'unhealthy';
    const numbers = { queueSize: source.queueSize(), pending: source.pendingCount(), exported, dropped, errors };
    const body = JSON.stringify({ status, ...numbers });
    response.statusCode = healthy ? 200 : 503;
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.setHeader('cache-control', 'no-store');
    response.setHeader('content-length', body.length);
    response.end(method === 'HEAD' ? undefined : body);
  };
}
