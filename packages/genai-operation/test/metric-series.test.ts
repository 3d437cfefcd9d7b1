import { MetricSeries, seriesAttributes, seriesKey, type SeriesLabels } from '../src/metric-series.js';

const LABELS: SeriesLabels = { kind: 'inference', operationName: 'chat', providerName: 'openai', requestModel: 'm' };

it('has one key for equal labels', () => {
  const extra = { tier: 'default' };
  expect(seriesKey({ ...LABELS, extra })).toBe(seriesKey({ ...LABELS, extra: { ...extra } }));
});

it('has a key of its own for each label', () => {
  const others: SeriesLabels[] = [
    LABELS,
    { ...LABELS, kind: 'other' },
    { ...LABELS, operationName: 'text_completion' },
    { ...LABELS, providerName: 'groq' },
    { ...LABELS, requestModel: 'n' },
    { ...LABELS, responseModel: 'm' },
    { ...LABELS, serverAddress: 'm' },
    { ...LABELS, serverAddress: 'm', serverPort: 1 },
    { ...LABELS, errorType: 'm' },
    { ...LABELS, extra: { m: 'm' } },
    { ...LABELS, legacyNames: true },
    // A line break is no separator: an application names its models as it likes.
    { ...LABELS, requestModel: 'm\nundefined' },
  ];
  expect(new Set(others.map(seriesKey)).size).toBe(others.length);
});

it('puts the attributes of the conventions on a series, those it knows', () => {
  expect(seriesAttributes(LABELS)).toEqual({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'm',
  });
  const all = { ...LABELS, responseModel: 'm-1', serverAddress: 'h', serverPort: 8, extra: { tier: 'x' } };
  expect(seriesAttributes(all)).toEqual({
    ...seriesAttributes(LABELS),
    'gen_ai.response.model': 'm-1',
    'server.address': 'h',
    'server.port': 8,
    tier: 'x',
  });
  expect(seriesAttributes({ ...LABELS, serverPort: 8 })).toEqual(seriesAttributes(LABELS));
});

it('tells the error type among the attributes of the outcome only', () => {
  const series = new MetricSeries({ ...LABELS, errorType: 'timeout' });
  expect(series.attributes).toEqual(seriesAttributes(LABELS));
  expect(series.outcomeAttributes).toEqual({ ...seriesAttributes(LABELS), 'error.type': 'timeout' });
});
