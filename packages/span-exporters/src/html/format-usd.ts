/** An amount of US dollars, with as many digits as small amounts need: `$0.00042`, `$1.20`, `$1234.50`. */
export function formatUsd(usd: number): string {
  if (usd === 0 || usd >= 1) return `$${usd.toFixed(2)}`;
  if (usd < 0.000001) return '<$0.000001';
  return `$${usd.toFixed(6).replace(/0{1,4}$/, '')}`;
}
