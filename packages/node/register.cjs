'use strict';
// Loaded by `node --require @genspan/node/register`, `--import` and NODE_OPTIONS. The variable is looked at here, before
// anything is loaded, so that a disabled genspan costs this comparison and nothing else.
if (process.env.OTEL_SDK_DISABLED?.trim().toLowerCase() !== 'true') {
  try {
    require('./dist/cjs/preload.js').preload();
  } catch (error) {
    // Also when a module is missing: a preload that throws would end the application before it begins.
    const [reason] = String(error instanceof Error ? error.message : typeof error).split('\n');
    console.error(`opentelemetry error: genspan does not start, the application runs without it: ${reason}`);
  }
}
