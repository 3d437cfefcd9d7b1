import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from '@genspan/semconv';
import type { OperationKind } from './genai-request.js';
import type { ModalityTokens } from './token-usage.js';

/** What tells one time series of an operation from another. */
export interface SeriesLabels {
  readonly kind: OperationKind;
  readonly operationName: string;
  readonly providerName: string;
  readonly requestModel?: string | undefined;
  readonly responseModel?: string | undefined;
  readonly serverAddress?: string | undefined;
  readonly serverPort?: number | undefined;
  readonly errorType?: string | undefined;
  readonly extra?: Attributes | undefined;
  /** Also record the metric names of the conventions 1.41. @defaultValue false */
  readonly legacyNames?: boolean | undefined;
}

/** The histograms of one operation, by what they measure. */
export type PointKind = 'duration' | 'inputTokens' | 'outputTokens' | 'timeToFirstChunk' | 'timePerOutputChunk';

/** The token counters of one operation. */
export type TokenKind = 'input' | 'output' | 'cacheRead' | 'cacheWrite' | 'reasoning';

/** The modalities that tokens are counted by; what a provider does not split is of unknown modality. */
export type TokenModality = keyof ModalityTokens | 'unknown';

/** The kinds of points. */
export const POINT_KINDS: readonly PointKind[] = [
  'duration',
  'inputTokens',
  'outputTokens',
  'timeToFirstChunk',
  'timePerOutputChunk',
];

/** Tokens of one kind and modality that the SDK was not told of yet. */
export interface PendingTokens {
  readonly kind: TokenKind;
  readonly attributes: Attributes;
  count: number;
}

/** What the operations of one label set measured since the last collection. */
export class MetricSeries {
  readonly kind: OperationKind;
  readonly legacyNames: boolean;
  /** Without `error.type`. */
  readonly attributes: Attributes;
  /** With `error.type` where there was one: for durations and tokens per operation. */
  readonly outcomeAttributes: Attributes;
  /** Points that the SDK was not told of yet. A kind is absent until its first point. */
  readonly points: Record<PointKind, number[] | undefined> = {
    duration: undefined,
    inputTokens: undefined,
    outputTokens: undefined,
    timeToFirstChunk: undefined,
    timePerOutputChunk: undefined,
  };
  /** By modality, then by kind. Absent until the first tokens of that modality and kind. */
  readonly tokens: Record<TokenModality, { [K in TokenKind]?: PendingTokens } | undefined> = {
    unknown: undefined,
    text: undefined,
    image: undefined,
    audio: undefined,
  };

  constructor(labels: SeriesLabels) {
    this.kind = labels.kind;
    this.legacyNames = labels.legacyNames ?? false;
    this.attributes = seriesAttributes(labels);
    this.outcomeAttributes =
      labels.errorType === undefined ? this.attributes : { ...this.attributes, [ATTR_ERROR_TYPE]: labels.errorType };
  }
}

/** A string that is the same for the same labels, and another for others: no name or model has a NUL in it. */
export function seriesKey(labels: SeriesLabels): string {
  let key = `${labels.kind}\0${labels.operationName}\0${labels.providerName}\0${labels.requestModel}\0${labels.responseModel}\0${labels.serverAddress}\0${labels.serverPort}\0${labels.errorType}\0${labels.legacyNames}`;
  for (const name in labels.extra) key += `\0${name}\0${String(labels.extra[name])}`;
  return key;
}

/** Whether two label sets name the same series: cheaper than comparing their keys. */
export function sameSeries(a: SeriesLabels, b: SeriesLabels): boolean {
  return (
    a.requestModel === b.requestModel &&
    a.responseModel === b.responseModel &&
    a.operationName === b.operationName &&
    a.serverAddress === b.serverAddress &&
    a.serverPort === b.serverPort &&
    a.providerName === b.providerName &&
    a.errorType === b.errorType &&
    a.kind === b.kind &&
    a.legacyNames === b.legacyNames &&
    sameAttributes(a.extra, b.extra)
  );
}

function sameAttributes(a: Attributes | undefined, b: Attributes | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  for (const name in a) if (a[name] !== b[name]) return false;
  for (const name in b) if (!(name in a)) return false;
  return true;
}

/** The attributes that the conventions put on every client metric. */
export function seriesAttributes(labels: SeriesLabels): Attributes {
  const attributes: Attributes = {
    [ATTR_GEN_AI_OPERATION_NAME]: labels.operationName,
    [ATTR_GEN_AI_PROVIDER_NAME]: labels.providerName,
  };
  if (labels.requestModel !== undefined) attributes[ATTR_GEN_AI_REQUEST_MODEL] = labels.requestModel;
  if (labels.responseModel !== undefined) attributes[ATTR_GEN_AI_RESPONSE_MODEL] = labels.responseModel;
  if (labels.serverAddress !== undefined) {
    attributes[ATTR_SERVER_ADDRESS] = labels.serverAddress;
    if (labels.serverPort !== undefined) attributes[ATTR_SERVER_PORT] = labels.serverPort;
  }
  return Object.assign(attributes, labels.extra);
}
