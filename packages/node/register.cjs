'use strict';
// Loaded by `node --require @genspan/node/register`, `--import` and NODE_OPTIONS. The variable is looked at here, before
// anything is loaded, so that a disabled genspan costs this comparison and nothing else.
if (process.env.OTEL_SDK_DISABLED?.trim().toLowerCase() !== 'true') require('./dist/cjs/preload.js').preload();
