// Consistent probability sampling, calculated independently of the package that does it. Thresholds are what `th` says: hex digits
// without the zeros at the end.

const BITS = 56n;

/** The fields of the `ot` member of a `tracestate`, such as `{ th: 'c', rv: '6e6d1a75832a2f' }`. */
export function otFields(traceState) {
  const member = traceState.split(',').find((one) => one.trim().startsWith('ot='));
  const fields = member?.trim().slice(3).split(';') ?? [];
  return Object.fromEntries(fields.map((field) => field.split(':')));
}

/** The members of a `tracestate` that are not OpenTelemetry's, in their order. */
export function foreignMembers(traceState) {
  return traceState.split(',').filter((member) => member !== '' && !member.startsWith('ot='));
}

/** The 56 bits that decide: `rv`, or else the end of the trace id. */
export function randomnessOf(traceId, rv) {
  return BigInt(`0x${rv ?? traceId.slice(-14)}`);
}

/** Whether a trace of this randomness passes. */
export function passes(randomness, th) {
  return randomness >= rejected(th);
}

/** The share of the traces that passes. */
export function probabilityOf(th) {
  return Number((1n << BITS) - rejected(th)) / Number(1n << BITS);
}

/** The one that lets less pass; one may be undefined. */
export function stricter(th = '0', other = '0') {
  return rejected(th) > rejected(other) ? th : other;
}

/** How many of the 2^56 values of randomness are rejected. */
function rejected(th) {
  return BigInt(`0x${th.padEnd(14, '0')}`);
}
