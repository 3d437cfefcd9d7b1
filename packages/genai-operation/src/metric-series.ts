import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_TOKEN_MODALITY,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from '@genspan/semconv';
import type { OperationKind } from './genai-request.js';

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
}

/** The histograms of one operation, by what they measure. */
export type PointKind = 'duration' | 'inputTokens' | 'outputTokens' | 'timeToFirstChunk' | 'timePerOutputChunk';

/** The token counters of one operation. */
export type TokenKind = 'input' | 'output' | 'cacheRead' | 'cacheWrite' | 'reasoning';

/** A running total of tokens, with the attributes it is reported under. */
export interface TokenTotal {
  readonly kind: TokenKind;
  readonly attributes: Attributes;
  sum: number;
}

/**
 * Points and totals of one label set, waiting for the next collection.
 */
export class MetricSeries {
  readonly kind: OperationKind;
  /** Without `error.type`. */
  readonly attributes: Attributes;
  /** With `error.type` where there was one: for durations and tokens per operation. */
  readonly outcomeAttributes: Attributes;
  readonly points: Record<PointKind, number[]> = {
    duration: [],
    inputTokens: [],
    outputTokens: [],
    timeToFirstChunk: [],
    timePerOutputChunk: [],
  };
  /** Totals have no `error.type`, so a series of failures adds to those of its base. */
  readonly totals: Map<string, TokenTotal>;

  /**
   * @param attributes - without `error.type`
   * @param base - with an `errorType`: the series of the same labels without it
   */
  constructor(kind: OperationKind, attributes: Attributes, errorType?: string, base?: MetricSeries) {
    this.kind = kind;
    this.attributes = attributes;
    this.outcomeAttributes = errorType === undefined ? attributes : { ...attributes, [ATTR_ERROR_TYPE]: errorType };
    this.totals = base === undefined ? new Map() : base.totals;
  }

  /** Adds billed tokens of one kind and modality. */
  addTokens(kind: TokenKind, modality: string, count: number): void {
    const key = kind + modality;
    const total = this.totals.get(key);
    if (total !== undefined) total.sum += count;
    else {
      const attributes = { ...this.attributes, [ATTR_GEN_AI_TOKEN_MODALITY]: modality };
      this.totals.set(key, { kind, attributes, sum: count });
    }
  }
}

/** A string that is the same for the same labels. */
export function seriesKey(labels: SeriesLabels): string {
  let key = `${labels.operationName}\n${labels.providerName}\n${labels.requestModel}\n${labels.responseModel}\n${labels.serverAddress}\n${labels.serverPort}\n${labels.errorType}`;
  for (const name in labels.extra) key += `\n${name}=${String(labels.extra[name])}`;
  return key;
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
