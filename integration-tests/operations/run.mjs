// node --expose-gc run.mjs '{"major":6,"mode":"bare","content":"none"}': the table on the ES module build.
import { run } from './runner.mjs';

const settings = JSON.parse(process.argv[2]);
const loaded = await import(`../clients/openai-${settings.major}/load.mjs`);
const instrumentation =
  settings.mode === 'bare' ? undefined : await import(settings.instrumentation ?? '@genspan/instrumentation-openai');
process.stdout.write(JSON.stringify(await run(settings, loaded, instrumentation)));
