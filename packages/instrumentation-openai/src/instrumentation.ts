import type { MeterProvider, TracerProvider } from '@opentelemetry/api';
import { InstrumentationBase, InstrumentationNodeModuleDefinition } from '@opentelemetry/instrumentation';
import type { InstrumentationModuleDefinition } from '@opentelemetry/instrumentation';
import { GenAIRecorder } from '@genspan/genai-operation';
import { resolveOptions, type OpenAIInstrumentationConfig, type ResolvedOptions } from './config.js';
import type { Observer } from './observe-method.js';
import { isSupportedVersion, PACKAGE_NAME, PACKAGE_VERSION, SUPPORTED_VERSIONS } from './package-info.js';
import { patchClass, unpatchClass } from './patch.js';

/**
 * Observes the `openai` client, versions 4.19 to 7, CommonJS and ES modules: spans, metrics and events by the
 * OpenTelemetry GenAI conventions. The application gets exactly what it would have got.
 *
 * A version outside the range is left alone, with one `diag` warning. Where modules are bundled, hand the class to
 * {@link OpenAIInstrumentation.manuallyInstrument}.
 *
 * @throws TypeError from the constructor and `setConfig` on a bad option
 * @see OpenTelemetry GenAI conventions: client inference spans, and their OpenAI refinement
 */
export class OpenAIInstrumentation extends InstrumentationBase<OpenAIInstrumentationConfig> {
  // The base class calls setConfig() and init() before fields of this class would be initialised.
  declare private resolved: ResolvedOptions;
  declare private recorder: GenAIRecorder | undefined;
  declare private current: Observer | undefined;
  declare private manual: Set<unknown>;
  declare private unsupported: Set<string>;

  constructor(config: OpenAIInstrumentationConfig = {}) {
    super(PACKAGE_NAME, PACKAGE_VERSION, config);
  }

  /** Takes effect on calls made from then on. */
  override setConfig(config: OpenAIInstrumentationConfig = {}): void {
    this.resolved = resolveOptions(config);
    super.setConfig(config);
    this.recorder?.configure(this.resolved);
    this.current = undefined;
  }

  protected override init(): InstrumentationModuleDefinition {
    this.manual = new Set();
    this.unsupported = new Set();
    const definition: InstrumentationModuleDefinition = new InstrumentationNodeModuleDefinition(
      'openai',
      // All versions, so that one outside the range does not pass in silence.
      ['*'],
      (exports: unknown, version) => {
        if (this.supports(version)) this.patch(clientClassOf(exports));
        return exports;
      },
      (exports: unknown) => unpatchClass(clientClassOf(exports)),
    );
    definition.includePrerelease = true;
    return definition;
  }

  /**
   * Observes a client class that no module hook sees, as in a bundle.
   *
   * @param openai - the class `OpenAI`, or the namespace object of the module
   */
  manuallyInstrument(openai: unknown): void {
    const clientClass = clientClassOf(openai);
    this.manual.add(clientClass);
    this.patch(clientClass);
  }

  override enable(): void {
    super.enable();
    this.current = undefined;
    // The first enable() comes from the base constructor, before a class can have been handed over.
    for (const clientClass of this.manual) this.patch(clientClass);
  }

  override disable(): void {
    super.disable();
    this.current = undefined;
    for (const clientClass of this.manual) unpatchClass(clientClass);
  }

  override setTracerProvider(tracerProvider: TracerProvider): void {
    super.setTracerProvider(tracerProvider);
    this.recorder?.setTracer(this.tracer);
  }

  override setMeterProvider(meterProvider: MeterProvider): void {
    super.setMeterProvider(meterProvider);
    this.recorder?.setMeter(this.meter);
  }

  override setLoggerProvider(loggerProvider: Parameters<InstrumentationBase['setLoggerProvider']>[0]): void {
    super.setLoggerProvider(loggerProvider);
    this.recorder?.setLogger(this.logger);
  }

  /**
   * Ends the spans of calls that have not ended, with what was seen of them, and marks them. Call it before the
   * providers are shut down.
   */
  shutdown(): void {
    this.recorder?.shutdown();
  }

  private patch(clientClass: unknown): void {
    const patched = patchClass(clientClass, () => this.observer());
    if (patched === 0)
      this._diag.debug('Found no method to observe: the class is observed already, or no OpenAI client');
  }

  /** Asked for on each call, so it is made anew only after a change of the settings. */
  private observer(): Observer {
    if (this.current === undefined) {
      this.recorder ??= this.createRecorder();
      const { requestStreamUsage, requestHook, responseHook } = this.resolved;
      const enabled = this.isEnabled();
      this.current = { recorder: this.recorder, enabled, requestStreamUsage, requestHook, responseHook };
    }
    return this.current;
  }

  private createRecorder(): GenAIRecorder {
    return new GenAIRecorder({
      namespace: PACKAGE_NAME,
      tracer: this.tracer,
      meter: this.meter,
      logger: this.logger,
      ...this.resolved,
    });
  }

  private supports(version: string | undefined): boolean {
    if (version === undefined || isSupportedVersion(version)) return true;
    if (!this.unsupported.has(version)) {
      this.unsupported.add(version);
      this._diag.warn(`openai ${version} is not observed: expected a version in ${SUPPORTED_VERSIONS}`);
    }
    return false;
  }
}

/**
 * The client class in what a module exports: its `OpenAI`, its default export, or the export itself. CommonJS builds up
 * to openai 6 export a function that has the class as a property.
 */
function clientClassOf(exports: unknown): unknown {
  if ((typeof exports === 'object' && exports !== null) || typeof exports === 'function') {
    for (const name of ['OpenAI', 'default']) {
      const candidate: unknown = Reflect.get(exports, name);
      if (typeof candidate === 'function') return candidate;
    }
  }
  return exports;
}
