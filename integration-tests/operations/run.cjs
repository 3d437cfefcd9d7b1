// node --expose-gc run.cjs '{"major":6,"mode":"bare","content":"none"}': the table on the CommonJS build.
const settings = JSON.parse(process.argv[2]);
const loaded = require(`../clients/openai-${settings.major}/load.cjs`);
const instrumentation = settings.mode === 'bare' ? undefined : require('@genspan/instrumentation-openai');

import('./runner.mjs')
  .then(({ run }) => run(settings, loaded, instrumentation))
  .then((result) => process.stdout.write(JSON.stringify(result)));
