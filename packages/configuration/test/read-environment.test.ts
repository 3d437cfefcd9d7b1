import fc from 'fast-check';
import { describeProblem, readEnvironment } from '../src/index.js';

const only = (environment: Record<string, string>) => {
  const { problems } = readEnvironment(environment);
  expect(problems).toHaveLength(1);
  return describeProblem(problems[0]!);
};

describe('readEnvironment', () => {
  it('gives the documented defaults for an empty environment', () => {
    const { model, problems, corrections } = readEnvironment({});
    expect(problems).toEqual([]);
    expect(corrections.size).toBe(0);
    expect(model).toEqual({
      sdk: { disabled: false, logLevel: 'warn', sdkMetrics: false, shutdownTimeoutMillis: 5000 },
      traces: {
        sampler: 'parentbased_always_on',
        samplerRatio: 1,
        exporters: ['otlp'],
        otlpProtocol: 'http/protobuf',
        maxQueueSize: 32_768,
        scheduledDelayMillis: 5000,
        exportTimeoutMillis: 30000,
        maxExportBatchSize: 512,
      },
      logs: {
        exporters: ['otlp'],
        otlpProtocol: 'http/protobuf',
        maxQueueSize: 2048,
        scheduledDelayMillis: 1000,
        exportTimeoutMillis: 30000,
        maxExportBatchSize: 512,
      },
      export: {
        maxQueueBytes: 67_108_864,
        concurrency: 4,
        dropPolicy: 'newest',
        syncFlush: false,
        retries: 12,
        rate: undefined,
        burst: undefined,
        maxRequestBytes: 4_194_304,
        spoolDirectory: undefined,
        spoolMaxBytes: 536_870_912,
        failedPayloadsDirectory: undefined,
        allPayloadsDirectory: undefined,
      },
      otlpTraces: {
        generalEndpoint: undefined,
        endpoint: undefined,
        generalHeaders: undefined,
        headers: undefined,
        timeoutMillis: 10_000,
        compression: 'none',
        certificate: undefined,
        clientKey: undefined,
        clientCertificate: undefined,
      },
      jsonl: { path: 'genspan-traces.jsonl', maxFileBytes: 67108864, maxFiles: 5 },
      consoleTree: { verbose: false },
      pipeline: { order: 'safety' },
      enrichment: {
        enabled: true,
        attributes: {},
        context: true,
        baggageKeys: [],
        cost: true,
        tokens: 'none',
        traceTotals: true,
        maxValueBytes: 1_048_576,
        maxMessageBytes: undefined,
        keepFirstMessages: undefined,
        keepLastMessages: undefined,
        dropToolDefinitions: 'false',
        embeddings: 'keep',
        excludeFields: [],
        captureInputs: true,
        captureOutputs: true,
        maxSpanDepth: 100,
        maxAttributes: 128,
      },
      mapping: { to: [], from: 'auto', mode: 'add' },
      redaction: {
        enabled: true,
        mode: 'mask',
        detectors: undefined,
        fields: [],
        allowKeys: undefined,
        allowlist: [],
        hashKey: undefined,
        labels: false,
        keepLast: 4,
        maxValueLength: 16_777_216,
        dryRun: false,
      },
      sampling: {
        rate: 1,
        keepErrors: true,
        keepSlow: false,
        slowThresholdMillis: 5000,
        rules: [],
        maxTracesPerSecond: undefined,
        decisionWaitMillis: 300_000,
        maxTraces: 20_000,
        maxSpansPerTrace: 1000,
        maxBufferedBytes: 268_435_456,
      },
      genai: { captureMessageContent: 'none', emitEvents: true, semconvStabilityOptIn: [], requestStreamUsage: false },
      instrumentations: { enabled: [], disabled: [] },
    });
  });

  it('freezes the model, its sections and its lists', () => {
    const { model } = readEnvironment({ OTEL_TRACES_EXPORTER: 'otlp,jsonl' });
    expect(Object.isFrozen(model)).toBe(true);
    for (const section of Object.values(model)) expect(Object.isFrozen(section)).toBe(true);
    expect(Object.isFrozen(model.traces.exporters)).toBe(true);
  });

  it.each([
    ['OTEL_SDK_DISABLED', 'TRUE', 'sdk', 'disabled', true],
    ['OTEL_LOG_LEVEL', 'DEBUG', 'sdk', 'logLevel', 'debug'],
    ['OTEL_NODE_EXPERIMENTAL_SDK_METRICS', 'true', 'sdk', 'sdkMetrics', true],
    ['OTEL_GENSPAN_SHUTDOWN_TIMEOUT_MS', '0', 'sdk', 'shutdownTimeoutMillis', 0],
    ['OTEL_TRACES_EXPORTER', ' otlp , console_tree,otlp', 'traces', 'exporters', ['otlp', 'console_tree']],
    ['OTEL_TRACES_EXPORTER', 'none', 'traces', 'exporters', []],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc', 'traces', 'otlpProtocol', 'grpc'],
    ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'http/json', 'traces', 'otlpProtocol', 'http/json'],
    ['OTEL_BSP_MAX_QUEUE_SIZE', '7', 'traces', 'maxQueueSize', 7],
    ['OTEL_BSP_SCHEDULE_DELAY', '1e3', 'traces', 'scheduledDelayMillis', 1000],
    ['OTEL_BSP_EXPORT_TIMEOUT', '9', 'traces', 'exportTimeoutMillis', 9],
    ['OTEL_BSP_MAX_EXPORT_BATCH_SIZE', '3', 'traces', 'maxExportBatchSize', 3],
    ['OTEL_GENSPAN_EXPORT_MAX_QUEUE_BYTES', '1000', 'export', 'maxQueueBytes', 1000],
    ['OTEL_GENSPAN_EXPORT_CONCURRENCY', '8', 'export', 'concurrency', 8],
    ['OTEL_GENSPAN_EXPORT_DROP_POLICY', 'oldest', 'export', 'dropPolicy', 'oldest'],
    ['OTEL_GENSPAN_EXPORT_DROP_POLICY', 'least_important', 'export', 'dropPolicy', 'leastImportant'],
    ['OTEL_GENSPAN_EXPORT_DROP_POLICY', 'leastImportant', 'export', 'dropPolicy', 'leastImportant'],
    ['OTEL_GENSPAN_EXPORT_RETRIES', '0', 'export', 'retries', 0],
    ['OTEL_GENSPAN_EXPORT_RATE', '.5', 'export', 'rate', 0.5],
    ['OTEL_GENSPAN_EXPORT_BURST', '3', 'export', 'burst', 3],
    ['OTEL_GENSPAN_EXPORT_MAX_REQUEST_BYTES', '2048', 'export', 'maxRequestBytes', 2048],
    ['OTEL_GENSPAN_EXPORT_SYNC_FLUSH', 'true', 'export', 'syncFlush', true],
    ['OTEL_GENSPAN_EXPORT_SPOOL_DIR', '/var/spool/x', 'export', 'spoolDirectory', '/var/spool/x'],
    ['OTEL_GENSPAN_EXPORT_SPOOL_MAX_BYTES', '1e6', 'export', 'spoolMaxBytes', 1_000_000],
    ['OTEL_GENSPAN_EXPORT_FAILED_PAYLOADS_DIR', 'failed', 'export', 'failedPayloadsDirectory', 'failed'],
    ['OTEL_GENSPAN_EXPORT_ALL_PAYLOADS_DIR', 'all', 'export', 'allPayloadsDirectory', 'all'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://a/b', 'otlpTraces', 'generalEndpoint', 'http://a/b'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'https://a', 'otlpTraces', 'endpoint', 'https://a'],
    ['OTEL_EXPORTER_OTLP_TIMEOUT', '20', 'otlpTraces', 'timeoutMillis', 20],
    ['OTEL_EXPORTER_OTLP_TRACES_TIMEOUT', '30', 'otlpTraces', 'timeoutMillis', 30],
    ['OTEL_EXPORTER_OTLP_COMPRESSION', 'gzip', 'otlpTraces', 'compression', 'gzip'],
    ['OTEL_EXPORTER_OTLP_CERTIFICATE', 'ca.pem', 'otlpTraces', 'certificate', 'ca.pem'],
    ['OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY', 'key.pem', 'otlpTraces', 'clientKey', 'key.pem'],
    ['OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE', 'cert.pem', 'otlpTraces', 'clientCertificate', 'cert.pem'],
    ['OTEL_LOGS_EXPORTER', 'console,otlp', 'logs', 'exporters', ['console', 'otlp']],
    ['OTEL_LOGS_EXPORTER', 'none', 'logs', 'exporters', []],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'http/json', 'logs', 'otlpProtocol', 'http/json'],
    ['OTEL_EXPORTER_OTLP_LOGS_PROTOCOL', 'grpc', 'logs', 'otlpProtocol', 'grpc'],
    ['OTEL_BLRP_MAX_QUEUE_SIZE', '7', 'logs', 'maxQueueSize', 7],
    ['OTEL_BLRP_SCHEDULE_DELAY', '8', 'logs', 'scheduledDelayMillis', 8],
    ['OTEL_BLRP_EXPORT_TIMEOUT', '9', 'logs', 'exportTimeoutMillis', 9],
    ['OTEL_BLRP_MAX_EXPORT_BATCH_SIZE', '3', 'logs', 'maxExportBatchSize', 3],
    ['OTEL_GENSPAN_JSONL_PATH', '/tmp/x.jsonl', 'jsonl', 'path', '/tmp/x.jsonl'],
    ['OTEL_GENSPAN_JSONL_MAX_FILE_BYTES', '1000', 'jsonl', 'maxFileBytes', 1000],
    ['OTEL_GENSPAN_JSONL_MAX_FILES', '2', 'jsonl', 'maxFiles', 2],
    ['OTEL_INSTRUMENTATION_GENAI_EMIT_EVENT', 'false', 'genai', 'emitEvents', false],
    ['OTEL_GENSPAN_CONSOLE_TREE_VERBOSE', 'true', 'consoleTree', 'verbose', true],
    ['OTEL_GENSPAN_PIPELINE_ORDER', 'efficiency', 'pipeline', 'order', 'efficiency'],
    [
      'OTEL_GENSPAN_ENRICHMENT_ATTRIBUTES',
      'team=ai, region = eu%2C%20west',
      'enrichment',
      'attributes',
      { team: 'ai', region: 'eu, west' },
    ],
    ['OTEL_GENSPAN_ENRICHMENT_BAGGAGE_KEYS', 'sessionId,tags', 'enrichment', 'baggageKeys', ['sessionId', 'tags']],
    ['OTEL_GENSPAN_ENRICHMENT_COST', 'false', 'enrichment', 'cost', false],
    ['OTEL_GENSPAN_ENRICHMENT_TOKENS', 'Tokenizer', 'enrichment', 'tokens', 'tokenizer'],
    ['OTEL_GENSPAN_ENRICHMENT_MAX_VALUE_BYTES', '65536', 'enrichment', 'maxValueBytes', 65_536],
    ['OTEL_GENSPAN_ENRICHMENT_KEEP_FIRST_MESSAGES', '0', 'enrichment', 'keepFirstMessages', 0],
    ['OTEL_GENSPAN_ENRICHMENT_DROP_TOOL_DEFINITIONS', 'names', 'enrichment', 'dropToolDefinitions', 'names'],
    ['OTEL_GENSPAN_ENRICHMENT_EXCLUDE_FIELDS', 'a.b,**.ssn', 'enrichment', 'excludeFields', ['a.b', '**.ssn']],
    ['OTEL_GENSPAN_ENRICHMENT_CAPTURE_INPUTS', 'False', 'enrichment', 'captureInputs', false],
    ['OTEL_GENSPAN_MAPPING_TO', 'openinference,langfuse', 'mapping', 'to', ['openinference', 'langfuse']],
    ['OTEL_GENSPAN_MAPPING_FROM', 'vercel', 'mapping', 'from', 'vercel'],
    ['OTEL_GENSPAN_MAPPING_MODE', 'replace', 'mapping', 'mode', 'replace'],
    ['OTEL_GENSPAN_REDACTION_ENABLED', 'FALSE', 'redaction', 'enabled', false],
    ['OTEL_GENSPAN_REDACTION_MODE', 'Hash', 'redaction', 'mode', 'hash'],
    ['OTEL_GENSPAN_REDACTION_DETECTORS', 'email, JWT,email', 'redaction', 'detectors', ['email', 'jwt']],
    ['OTEL_GENSPAN_REDACTION_DETECTORS', '+ipv4, - phone', 'redaction', 'detectors', ['+ipv4', '-phone']],
    ['OTEL_GENSPAN_REDACTION_DETECTORS', 'none', 'redaction', 'detectors', []],
    [
      'OTEL_GENSPAN_REDACTION_FIELDS',
      'a.b, messages[role=user]',
      'redaction',
      'fields',
      ['a.b', 'messages[role=user]'],
    ],
    ['OTEL_GENSPAN_REDACTION_ALLOW_KEYS', 'gen_ai.*,http.*', 'redaction', 'allowKeys', ['gen_ai.*', 'http.*']],
    ['OTEL_GENSPAN_REDACTION_ALLOW_KEYS', ',', 'redaction', 'allowKeys', []],
    ['OTEL_GENSPAN_REDACTION_ALLOWLIST', 'Support@example.com', 'redaction', 'allowlist', ['Support@example.com']],
    ['OTEL_GENSPAN_REDACTION_LABELS', 'true', 'redaction', 'labels', true],
    ['OTEL_GENSPAN_REDACTION_KEEP_LAST', '2', 'redaction', 'keepLast', 2],
    ['OTEL_GENSPAN_REDACTION_MAX_VALUE_LENGTH', '100', 'redaction', 'maxValueLength', 100],
    ['OTEL_GENSPAN_REDACTION_DRY_RUN', 'true', 'redaction', 'dryRun', true],
    ['OTEL_TRACES_SAMPLER', 'traceidratio', 'traces', 'sampler', 'traceidratio'],
    ['OTEL_GENSPAN_SAMPLING_RATE', '0.05', 'sampling', 'rate', 0.05],
    ['OTEL_GENSPAN_SAMPLING_RATE', '0', 'sampling', 'rate', 0],
    ['OTEL_GENSPAN_SAMPLING_KEEP_ERRORS', 'false', 'sampling', 'keepErrors', false],
    ['OTEL_GENSPAN_SAMPLING_KEEP_SLOW', 'True', 'sampling', 'keepSlow', true],
    ['OTEL_GENSPAN_SAMPLING_SLOW_THRESHOLD_MS', '0', 'sampling', 'slowThresholdMillis', 0],
    ['OTEL_GENSPAN_SAMPLING_RULES', '[]', 'sampling', 'rules', []],
    [
      'OTEL_GENSPAN_SAMPLING_RULES',
      ' [{"name":"big","minTotalTokens":1e3,"not":{"models":["a*"]}}, {"name":"rest","rate":0.1}] ',
      'sampling',
      'rules',
      [
        { name: 'big', minTotalTokens: 1000, not: { models: ['a*'] } },
        { name: 'rest', rate: 0.1 },
      ],
    ],
    ['OTEL_GENSPAN_SAMPLING_MAX_TRACES_PER_SECOND', '0.5', 'sampling', 'maxTracesPerSecond', 0.5],
    ['OTEL_GENSPAN_SAMPLING_MAX_TRACES_PER_SECOND', '2e3', 'sampling', 'maxTracesPerSecond', 2000],
    ['OTEL_GENSPAN_SAMPLING_DECISION_WAIT_MS', '1000', 'sampling', 'decisionWaitMillis', 1000],
    ['OTEL_GENSPAN_SAMPLING_MAX_TRACES', '10', 'sampling', 'maxTraces', 10],
    ['OTEL_GENSPAN_SAMPLING_MAX_SPANS_PER_TRACE', '10', 'sampling', 'maxSpansPerTrace', 10],
    ['OTEL_GENSPAN_SAMPLING_MAX_BUFFERED_BYTES', '1000', 'sampling', 'maxBufferedBytes', 1000],
    ['OTEL_GENSPAN_OPENAI_REQUEST_STREAM_USAGE', 'true', 'genai', 'requestStreamUsage', true],
    [
      'OTEL_SEMCONV_STABILITY_OPT_IN',
      'http/dup,gen_ai/dup',
      'genai',
      'semconvStabilityOptIn',
      ['http/dup', 'gen_ai/dup'],
    ],
    ['OTEL_NODE_ENABLED_INSTRUMENTATIONS', 'openai,http', 'instrumentations', 'enabled', ['openai', 'http']],
    ['OTEL_NODE_DISABLED_INSTRUMENTATIONS', 'openai', 'instrumentations', 'disabled', ['openai']],
  ])('reads %s=%s into %s.%s', (name, text, section, option, value) => {
    const { model, problems } = readEnvironment({ [name]: text });
    expect(problems).toEqual([]);
    expect(Reflect.get(Reflect.get(model, section) as object, option)).toEqual(value);
  });

  it.each([
    ['true', 'span_only'],
    ['False', 'none'],
    ['none', 'none'],
    ['span_only', 'span_only'],
    ['event_only', 'event_only'],
    ['span_and_event', 'span_and_event'],
    ['NO_CONTENT', 'none'],
    ['SPAN_ONLY', 'span_only'],
    ['EVENT_ONLY', 'event_only'],
    ['Span_And_Event', 'span_and_event'],
  ])('takes %s of the three vocabularies of content capture for %s', (text, mode) => {
    const { model, problems } = readEnvironment({ OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: text });
    expect(problems).toEqual([]);
    expect(model.genai.captureMessageContent).toBe(mode);
  });

  it('captures nothing when the word for content capture is unknown', () => {
    const { model, problems } = readEnvironment({ OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'yes' });
    expect(model.genai.captureMessageContent).toBe('none');
    expect(problems).toHaveLength(1);
  });

  it('names the variable, what was expected, what was got and what happens', () => {
    expect(only({ OTEL_BSP_MAX_QUEUE_SIZE: 'many' })).toBe(
      'OTEL_BSP_MAX_QUEUE_SIZE: expected a whole number of spans of at least 1, got "many"; using 32768',
    );
  });

  it('applies the rest of the configuration when one setting is wrong', () => {
    const { model } = readEnvironment({ OTEL_BSP_MAX_QUEUE_SIZE: '-1', OTEL_BSP_SCHEDULE_DELAY: '10' });
    expect(model.traces).toMatchObject({ maxQueueSize: 32_768, scheduledDelayMillis: 10 });
  });

  it.each(['', '   '])('takes %j for unset', (text) => {
    const { model, problems } = readEnvironment({ OTEL_TRACES_EXPORTER: text, OTEL_GENSPAN_JSONL_PATH: text });
    expect(problems).toEqual([]);
    expect(model.traces.exporters).toEqual(['otlp']);
  });

  it('keeps the valid part of a list, and corrects the list for those who read it later', () => {
    const { model, problems, corrections } = readEnvironment({
      OTEL_TRACES_EXPORTER: 'jsonl,nowhere',
      OTEL_METRICS_EXPORTER: 'console,nowhere',
      OTEL_LOGS_EXPORTER: 'nowhere',
    });
    expect(model.traces.exporters).toEqual(['jsonl']);
    expect(problems.map((problem) => problem.consequence)).toEqual(['using jsonl', 'using otlp', 'using console']);
    expect([...corrections]).toEqual([
      ['OTEL_TRACES_EXPORTER', 'jsonl'],
      ['OTEL_LOGS_EXPORTER', undefined],
      ['OTEL_METRICS_EXPORTER', 'console'],
    ]);
  });

  it('freezes what a JSON array holds, however deep', () => {
    const text = '[{"name":"a","not":{"models":["m"]}}]';
    const [rule] = readEnvironment({ OTEL_GENSPAN_SAMPLING_RULES: text }).model.sampling.rules;
    const { not } = rule as { not: { models: string[] } };
    for (const value of [rule, not, not.models]) expect(Object.isFrozen(value)).toBe(true);
  });

  it.each([
    ['[{"name": "hidden"}', 'got 19 characters that are not JSON; it is ignored'],
    ['{"hidden": 1}', 'got JSON of one object; it is ignored'],
    ['"hidden"', 'got JSON of a single value; it is ignored'],
    ['null', 'got JSON of a single value; it is ignored'],
    ['hidden', 'got 6 characters that are not JSON; it is ignored'],
  ])('says what is wrong with rules that are %s, without repeating them', (text, end) => {
    const problem = only({ OTEL_GENSPAN_SAMPLING_RULES: text });
    expect(problem).toBe(`OTEL_GENSPAN_SAMPLING_RULES: expected a JSON array of rules, ${end}`);
    expect(readEnvironment({ OTEL_GENSPAN_SAMPLING_RULES: text }).model.sampling.rules).toEqual([]);
  });

  it.each(['0', '-1', 'Infinity', 'NaN', '1e999', '.', '1.2.3', '0x10', 'ten'])(
    'ignores a limit of %s traces per second, and keeps them all',
    (text) => {
      const name = 'OTEL_GENSPAN_SAMPLING_MAX_TRACES_PER_SECOND';
      expect(only({ [name]: text })).toBe(`${name}: expected a number above 0, got "${text}"; it is ignored`);
      expect(readEnvironment({ [name]: text }).model.sampling.maxTracesPerSecond).toBeUndefined();
    },
  );

  it('takes no longer wait than a timer can have', () => {
    expect(only({ OTEL_GENSPAN_SAMPLING_DECISION_WAIT_MS: '2147483648' })).toBe(
      'OTEL_GENSPAN_SAMPLING_DECISION_WAIT_MS: expected a whole number of milliseconds from 1 to 2147483647, ' +
        'got "2147483648"; using 300000',
    );
  });

  it.each(['1.5', '-0.1', '10%', 'half', '1.2.3'])('keeps everything when the rate is %s', (text) => {
    expect(only({ OTEL_GENSPAN_SAMPLING_RATE: text })).toContain('expected a number from 0 to 1');
    expect(readEnvironment({ OTEL_GENSPAN_SAMPLING_RATE: text }).model.sampling.rate).toBe(1);
  });

  it('falls back from a wrong traces protocol to the general one', () => {
    const { model, problems } = readEnvironment({
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'smoke',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    });
    expect(model.traces.otlpProtocol).toBe('grpc');
    expect(problems.map((problem) => problem.variable)).toEqual(['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL']);
  });

  it.each([
    ['OTEL_EXPORTER_OTLP_HEADERS', 'Bearer hidden'],
    ['OTEL_EXPORTER_OTLP_TRACES_HEADERS', 'hidden'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'tcp://user:hidden@host'],
    ['OTEL_EXPORTER_OTLP_LOGS_ENDPOINT', 'hidden'],
    ['OTEL_TRACES_EXPORTER', `${'hidden'.repeat(6)}`],
  ])('says what is wrong with %s without its value', (name, text) => {
    expect(only({ [name]: text })).toMatch(/^OTEL_[A-Z_]+: expected (?!.*hidden)/);
  });

  it('keeps headers secret in every dump of the model', () => {
    const key = ['hid', 'den'].join('');
    const { model } = readEnvironment({ OTEL_EXPORTER_OTLP_HEADERS: `authorization=${key}` });
    expect(model.otlpTraces.generalHeaders?.reveal()).toBe(`authorization=${key}`);
    expect(JSON.stringify(model)).not.toContain(key);
  });

  it.each([
    ['CONCURRENCY', '0'],
    ['DROP_POLICY', 'random'],
    ['RATE', '0'],
    ['BURST', '0'],
    ['MAX_REQUEST_BYTES', '10'],
    ['SYNC_FLUSH', 'later'],
  ])('refuses OTEL_GENSPAN_EXPORT_%s=%s', (name, text) => {
    expect(only({ [`OTEL_GENSPAN_EXPORT_${name}`]: text })).toContain(`got "${text}"`);
  });

  it('tells once what is wrong with a protocol that holds for all signals', () => {
    expect(only({ OTEL_EXPORTER_OTLP_PROTOCOL: 'smoke' })).toBe(
      'OTEL_EXPORTER_OTLP_PROTOCOL: expected http/protobuf, http/json or grpc, got "smoke"; using http/protobuf',
    );
  });

  it('lets gRPC have targets that are not URLs', () => {
    const { problems } = readEnvironment({
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'host:4317',
    });
    expect(problems).toEqual([]);
    expect(only({ OTEL_EXPORTER_OTLP_ENDPOINT: 'host:4318' })).toContain('http://');
  });

  it.each([
    { OTEL_TRACES_SAMPLER: 'sometimes' },
    { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '2' },
    { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: 'half' },
    { OTEL_PROPAGATORS: 'pigeon' },
    { OTEL_METRIC_EXPORT_INTERVAL: '0' },
    { OTEL_EXPORTER_OTLP_TIMEOUT: '1s' },
    { OTEL_EXPORTER_OTLP_COMPRESSION: 'zip' },
    { OTEL_CONFIG_FILE: 'otel.yaml' },
  ])('checks standard variables that the SDK reads: %j', (environment) => {
    only(environment);
  });

  it.each([
    ['ENABLED', 'no', 'enabled', true, 'using true'],
    ['MODE', 'masked', 'mode', 'mask', 'using mask'],
    ['DETECTORS', 'email,-phone,+ipv4', 'detectors', ['+email', '+ipv4'], 'using +email,+ipv4'],
    ['DETECTORS', '-phone,-email,', 'detectors', ['-phone', '-email'], undefined],
    ['DETECTORS', ',', 'detectors', undefined, 'it is ignored'],
    ['LABELS', '1', 'labels', false, 'using false'],
    ['KEEP_LAST', '0', 'keepLast', 1, 'using 1'],
    ['KEEP_LAST', '9', 'keepLast', 1, 'using 1'],
    ['KEEP_LAST', 'four', 'keepLast', 1, 'using 1'],
    ['MAX_VALUE_LENGTH', '63', 'maxValueLength', 16_777_216, 'using 16777216'],
    ['DRY_RUN', 'yes', 'dryRun', false, 'using false'],
  ])('redacts no less because OTEL_GENSPAN_REDACTION_%s is %j', (name, text, option, value, consequence) => {
    const { model, problems } = readEnvironment({ [`OTEL_GENSPAN_REDACTION_${name}`]: text });
    expect(Reflect.get(model.redaction, option)).toEqual(value);
    expect(problems.map((problem) => problem.consequence)).toEqual(consequence === undefined ? [] : [consequence]);
  });

  it('checks the sampler’s argument only when the sampler takes a ratio', () => {
    const ofAnother = readEnvironment({ OTEL_TRACES_SAMPLER: 'always_on', OTEL_TRACES_SAMPLER_ARG: '0.5' });
    expect(ofAnother.model.traces.samplerRatio).toBe(1);
    expect(readEnvironment({ OTEL_TRACES_SAMPLER: 'always_on', OTEL_TRACES_SAMPLER_ARG: 'x' }).problems).toEqual([]);
    const ofRatio = readEnvironment({
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.5',
    });
    expect(ofRatio.model.traces.samplerRatio).toBe(0.5);
  });

  it('tells a misspelt variable of ours, with the name that was meant', () => {
    expect(only({ OTEL_GENSPAN_JSON_PATH: 'x' })).toBe(
      'OTEL_GENSPAN_JSON_PATH: expected a variable that genspan knows, ' +
        'got an unknown name (did you mean OTEL_GENSPAN_JSONL_PATH?); it is ignored',
    );
    expect(only({ OTEL_GENSPAN_Q: 'x' })).not.toContain('did you mean');
  });

  it('never throws, whatever the variables hold, and every default is accepted as a setting', () => {
    const names = Object.keys(process.env).filter((name) => name.startsWith('OTEL_'));
    names.push('OTEL_TRACES_EXPORTER', 'OTEL_LOG_LEVEL', 'OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_GENSPAN_JSONL_PATH');
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.string()), (environment) => {
        const { model } = readEnvironment(environment);
        expect(model.traces.exporters.every((name) => name !== undefined)).toBe(true);
      }),
    );
  });
});
