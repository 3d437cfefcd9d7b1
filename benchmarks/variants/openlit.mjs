// openlit, as it comes: content, metrics and events on. Its `init()` would register providers of its own for the whole
// process and patch every client in it, so its parts are put together here the way `init()` does.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const dist = dirname(require.resolve('openlit'));
const load = (path) => require(join(dist, path)).default;

export const name = 'openlit';
export const create = ({ openai, client, telemetry }) => {
  load('config.js').updateConfig({ captureMessageContent: true });
  const metrics = load('otel/metrics.js');
  metrics.meter = telemetry.meterProvider.getMeter('openlit');
  metrics.initializeMetrics();
  load('otel/events.js').logger = telemetry.loggerProvider.getLogger('openlit');
  const Instrumentation = load('instrumentation/openai/index.js');
  const instrumentation = new Instrumentation();
  instrumentation.setTracerProvider(telemetry.tracerProvider);
  instrumentation.manualPatch(openai);
  return { call: (params) => client.chat.completions.create(params) };
};
