/** What is left of a text that was cut says how much is gone: `… [12,345 bytes cut]`. */
export function cutNote(count: number, unit = 'bytes'): string {
  return `… [${withCommas(count)} ${count === 1 ? unit.replace(/s$/, '') : unit} cut]`;
}

/** What stands in the place of media: half an image is none. */
export function mediaNote(mimeType: string | undefined, bytes: number): string {
  return `[${mimeType ?? 'data'} of ${withCommas(bytes)} bytes cut]`;
}

/** What stands in the place of an embedding. */
export function vectorNote(length: number): string {
  return `[vector of ${withCommas(length)} numbers]`;
}

function withCommas(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
