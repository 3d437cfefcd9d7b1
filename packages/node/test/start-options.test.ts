import { readEnvironment } from '@genspan/configuration';
import { OpenAIInstrumentation } from '@genspan/instrumentation-openai';
import { AlwaysOffSampler, InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { parseStartOptions } from '../src/start-options.js';
import type { StartOptions } from '../src/start-options.js';

const { model } = readEnvironment({ OTEL_TRACES_EXPORTER: 'jsonl', OTEL_GENSPAN_PIPELINE_ORDER: 'efficiency' });

describe('parseStartOptions', () => {
  it('takes what is left out from the model', () => {
    expect(parseStartOptions({}, model)).toEqual({
      model,
      serviceName: undefined,
      exporters: ['jsonl'],
      instrumentations: [],
      openai: {},
      sampler: undefined,
      sampling: undefined,
      delivery: {},
      redaction: undefined,
    });
  });

  it('puts the options over the model', () => {
    const exporter = new InMemorySpanExporter();
    const instrumentation = new OpenAIInstrumentation({ enabled: false });
    const options: StartOptions = {
      instrumentations: [instrumentation],
      serviceName: 'mine',
      exporters: [exporter, 'console_tree'],
      order: 'safety',
      shutdownTimeoutMillis: 0,
      openai: { captureMessageContent: true },
      sampler: new AlwaysOffSampler(),
      sampling: { rate: 0.5, rules: [{ name: 'agents', matchNames: ['agent *'] }] },
      redaction: { mode: 'hash', hashKey: 'key', rules: [{ name: 'ids', pattern: /id-\d+/ }] },
    };
    const settings = parseStartOptions(options, model);
    expect(settings).toMatchObject({
      serviceName: 'mine',
      exporters: [exporter, 'console_tree'],
      openai: options.openai,
      sampler: options.sampler,
      sampling: options.sampling,
      redaction: options.redaction,
    });
    expect(settings.instrumentations).toEqual([instrumentation]);
    expect(settings.model.pipeline.order).toBe('safety');
    expect(settings.model.sdk).toEqual({ ...model.sdk, shutdownTimeoutMillis: 0 });
    expect(model.pipeline.order).toBe('efficiency');
  });

  it.each([
    [{ serviceName: '' }, 'Expected `serviceName` to be a non-empty string'],
    [{ exporters: ['nowhere'] }, 'Expected `exporters[0]` to be one of'],
    [{ exporters: [{}] }, 'Expected `exporters[0]` to be a span exporter'],
    [{ exporters: 'otlp' }, 'Expected `exporters` to be an array'],
    [{ instrumentations: [{}] }, 'Expected `instrumentations[0]` to be an instrumentation'],
    [{ openai: true }, 'Expected `openai` to be an object'],
    [{ order: 'random' }, 'Expected `order` to be one of'],
    [{ sampler: 'always_on' }, 'Expected `sampler` to be a sampler (shouldSample), got `"always_on"`'],
    [{ sampling: 0.1 }, 'Expected `sampling` to be an object or false, got `0.1`'],
    [{ sampling: { rate: 2 } }, 'Expected `sampling.rate` between 0 and 1, got `2`'],
    [{ sampling: { rule: [] } }, 'Expected `sampling` to have only'],
    [
      { sampling: { rules: [{ name: 'a', rate: 2 }] } },
      'Expected `sampling.rules[0] "a".rate` between 0 and 1, got `2`',
    ],
    [{ sampling: { meterProvider: {} } }, 'Expected `sampling.meterProvider` to be a meter provider'],
    [{ sampling: { delegate: {} } }, 'Expected `sampling.delegate` to be left to the pipeline'],
    [{ redaction: true }, 'Expected `redaction` to be an object or false, got `true`'],
    [{ redaction: { mode: 'hide' } }, 'Expected `redaction.mode` to be one of `mask`, `hash`, `remove`, `partial`'],
    [{ redaction: { detectors: ['mail'] } }, 'Expected `redaction.detectors[0]` to be one of `email`'],
    [{ redaction: { rules: [{ name: 'a', fields: [] }] } }, 'Expected `redaction.rules[0].fields` to be an array'],
    [{ redaction: { meterProvider: {} } }, 'Expected `redaction.meterProvider` to be a meter provider'],
    [{ redaction: { delegate: {} } }, 'Expected `redaction.delegate` to be left to the pipeline'],
    [{ redaction: { redactor: {} } }, 'Expected `redaction.redactor` to be a Redactor'],
    [{ shutdownTimeoutMillis: -1 }, 'Expected `shutdownTimeoutMillis` to be an integer of at least 0'],
    [{ exporter: 'otlp' }, 'Expected `options` to have only'],
    [null, 'Expected `options` to be an object'],
  ])('refuses %j', (options, message) => {
    expect(() => parseStartOptions(options as StartOptions, model)).toThrow(message);
  });
});
