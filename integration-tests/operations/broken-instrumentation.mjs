// What instrumentations commonly get wrong, to show that the table notices: the call's promise is settled early, which
// reads the body before the caller does, and a call that fails leaves its span open.
export class OpenAIInstrumentation {
  #tracer;

  setTracerProvider(provider) {
    this.#tracer = provider.getTracer('broken');
  }
  setMeterProvider() {}
  setLoggerProvider() {}
  shutdown() {}

  manuallyInstrument({ Chat }) {
    const { prototype } = Chat.Completions;
    const { create } = prototype;
    const tracer = this.#tracer;
    prototype.create = function (...args) {
      const span = tracer.startSpan('chat');
      const promise = create.apply(this, args);
      promise.then(
        () => span.end(),
        () => undefined,
      );
      return promise;
    };
  }
}
