// Writes down which spans an exporter has acknowledged, before whoever exported them learns of it.

/** Stands between a processor and an exporter, and changes nothing. */
export class AcknowledgedSpans {
  #exporter;
  #ids;

  /** @param ids - an `IdFile` */
  constructor(exporter, ids) {
    this.#exporter = exporter;
    this.#ids = ids;
    this.exportSync =
      exporter.exportSync &&
      ((spans) => {
        const result = exporter.exportSync(spans);
        this.#note(spans, result);
        return result;
      });
    this.flushSync = exporter.flushSync && (() => exporter.flushSync());
    this.deliveryCounts = exporter.deliveryCounts && (() => exporter.deliveryCounts());
  }

  get count() {
    return this.#ids.count;
  }

  export(spans, resultCallback) {
    this.#exporter.export(spans, (result) => {
      this.#note(spans, result);
      resultCallback(result);
    });
  }

  async forceFlush() {
    await this.#exporter.forceFlush?.();
  }

  shutdown() {
    return this.#exporter.shutdown();
  }

  #note(spans, { code, losses }) {
    if (code !== 0 && losses === undefined) return;
    const lost = new Set((losses ?? []).flatMap((loss) => loss.spans ?? []));
    const kept = spans.filter((span) => !lost.has(span));
    this.#ids.append(kept.map((span) => span.spanContext().spanId));
  }
}
