/** What a metric of the conventions is: enough to create its instrument. */
export interface MetricDescriptor {
  readonly name: string;
  /** Kind of instrument. */
  readonly instrument: 'histogram' | 'counter';
  /** Unit in UCUM notation: `s` for seconds, `{token}` for a count of tokens. */
  readonly unit: string;
  readonly description: string;
  /** Upper bounds of the histogram's buckets, in `unit`. Absent on counters. */
  readonly buckets?: readonly number[];
  /** Attributes that the conventions put on the metric, whatever their requirement level. */
  readonly attributes: readonly string[];
}
