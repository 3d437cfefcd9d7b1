import { isMainThread } from 'node:worker_threads';
import { diag } from '@opentelemetry/api';
import type { SpanPipeline } from '@genspan/pipeline';
import type { Redactor } from '@genspan/redaction-span-processor';
import { describeProblem, readEnvironment, withCorrectedEnvironment } from '@genspan/configuration';
import type { EnvironmentReading } from '@genspan/configuration';
import { isRegistered } from './api-globals.js';
import { describeError, installDiagnostics, writeToStderr } from './diagnostics.js';
import { createInstrumentations } from './instrumentations.js';
import { registerModuleHooks } from './module-hooks.js';
import { NaturalEnd } from './natural-end.js';
import { runningHandle, setRunningHandle } from './process-slot.js';
import { SdkModules } from './sdk-modules.js';
import { warnOfTwoRates } from './sampler-warning.js';
import type { Delivery } from './delivery.js';
import { enrichmentStage } from './enrichment-settings.js';
import { mappingStage } from './mapping-settings.js';
import { redactionStage } from './redaction-settings.js';
import { samplingStage } from './sampling-settings.js';
import { runSdk } from './sdk-run.js';
import type { SdkRun, SdkRunOptions } from './sdk-run.js';
import { SignalFlush } from './signal-flush.js';
import { parseStartOptions } from './start-options.js';
import type { Settings, StartOptions } from './start-options.js';
import { Telemetry } from './telemetry.js';
import { UnheldWork } from './unheld-work.js';

/** What runs. Neither method rejects or takes longer than the bound; a failure is one `diag` warning. */
export interface GenspanHandle {
  /** Exports what has been recorded so far. */
  forceFlush(): Promise<void>;
  /** Ends open operations, exports everything and stops for good. */
  shutdown(): Promise<void>;
  /**
   * The sampling stage: what it kept and dropped, and why; for a page of a service that shows its state.
   * `undefined` when there is no such stage.
   */
  readonly sampling: Pick<NonNullable<SpanPipeline['sampling']>, 'stats' | 'explain'> | undefined;
  /** What was added to spans. `undefined` when nothing is, or nothing is exported. */
  readonly enrichment: Pick<NonNullable<SpanPipeline['enrichment']>, 'stats'> | undefined;
  /** What was translated. `undefined` when nothing is, or nothing is exported. */
  readonly mapping: Pick<NonNullable<SpanPipeline['mapping']>, 'stats'> | undefined;
  /** What was redacted, in spans and log records together. `undefined` when nothing is. */
  readonly redaction: Pick<Redactor, 'stats'> | undefined;
  /** How spans reach their exporters: for a page of the service's health. `undefined` when nothing is exported. */
  readonly delivery: Pick<Delivery, 'stats' | 'pendingCount' | 'isHealthy' | 'healthHandler'> | undefined;
}

/** Stands for telemetry that does not run. */
const NOTHING: GenspanHandle = Object.freeze({
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
  sampling: undefined,
  enrichment: undefined,
  mapping: undefined,
  redaction: undefined,
  delivery: undefined,
});

/**
 * Starts the OpenTelemetry SDK with genspan's pipeline and observes the `openai` client in this thread.
 *
 * Call it before the application loads `openai`. Options win over the environment, which fills the rest; a wrong variable
 * is one `diag` error and takes its default. It starts once: later calls return what runs. Where
 * `OTEL_SDK_DISABLED` is true, the SDK is missing, or the application has registered an SDK of its own, nothing starts and
 * the handle does nothing; the latter two are said through `diag`.
 *
 * @throws {OptionError} when an option is wrong.
 */
export function start(options: StartOptions = {}): GenspanHandle {
  const environment = readEnvironment();
  const settings = parseStartOptions(options, environment.model);
  if (environment.model.sdk.disabled) return NOTHING;
  const running = runningHandle();
  if (running !== undefined) {
    if (Object.keys(options).length > 0) diag.warn('genspan runs already; the options of this start() are not used');
    return running;
  }
  const handle = startWith(settings, environment);
  if (handle !== NOTHING) setRunningHandle(handle);
  return handle;
}

function startWith(settings: Settings, environment: EnvironmentReading): GenspanHandle {
  const sdk = loadSdk();
  if (sdk === undefined) return NOTHING;
  const { model } = settings;
  installDiagnostics(sdk.api, model.sdk.logLevel);
  for (const problem of environment.problems) diag.error(describeProblem(problem));
  sdk.warnOfSecondApi();
  if (isRegistered('trace')) {
    diag.warn(
      'An OpenTelemetry SDK is registered already, so genspan does not start its own. ' +
        'Add OpenAIInstrumentation of @genspan/instrumentation-openai to that SDK instead.',
    );
    return NOTHING;
  }
  const sampling = samplingStage(settings.sampling, model.sampling);
  warnOfTwoRates({ ...settings, sampling });
  const redaction = redactionStage(settings.redaction, model.redaction);
  const enrichment = enrichmentStage(settings.enrichment, model.enrichment);
  const mapping = mappingStage(settings.mapping, model.mapping);
  const delivery = { ...model.export, ...settings.delivery };
  const unheld = new UnheldWork();
  // The level is applied already, and the SDK would put its own logger in place of the application's.
  const corrections = new Map([...environment.corrections, ['OTEL_LOG_LEVEL', undefined]]);
  const run = withCorrectedEnvironment(corrections, () => {
    const instrumentations = createInstrumentations({ ...settings, added: settings.instrumentations });
    registerModuleHooks(instrumentations.imported);
    const stages = { sampling, enrichment, mapping, redaction };
    return tryToRunSdk({ ...settings, ...stages, delivery, sdk, instrumentations, unheld });
  });
  if (run === undefined) return NOTHING;
  return followProcess(new Telemetry(run.parts, unheld, model.sdk.shutdownTimeoutMillis), {
    sampling: run.pipeline?.sampling,
    enrichment: run.pipeline?.enrichment,
    mapping: run.pipeline?.mapping,
    redaction: run.redactor,
    delivery: run.pipeline === undefined ? undefined : run.delivery,
  });
}

function tryToRunSdk(options: SdkRunOptions): SdkRun | undefined {
  try {
    return runSdk(options);
  } catch (error) {
    diag.error(`genspan does not start, the application runs without it: ${describeError(error)}`);
    return undefined;
  }
}

function loadSdk(): SdkModules | undefined {
  try {
    return new SdkModules();
  } catch (error) {
    writeToStderr(
      `genspan does not start: expected @opentelemetry/sdk-node to be installed (${describeError(error).split('\n')[0]})`,
    );
    return undefined;
  }
}

function followProcess(telemetry: Telemetry, stages: Omit<GenspanHandle, 'forceFlush' | 'shutdown'>): GenspanHandle {
  const naturalEnd = new NaturalEnd(telemetry);
  const signalFlush = new SignalFlush(telemetry);
  naturalEnd.install();
  // Signals belong to the main thread.
  if (isMainThread) signalFlush.install();
  return Object.freeze({
    ...stages,
    forceFlush: () => telemetry.forceFlush(),
    shutdown: () => {
      naturalEnd.uninstall();
      signalFlush.uninstall();
      return telemetry.shutdown();
    },
  });
}
