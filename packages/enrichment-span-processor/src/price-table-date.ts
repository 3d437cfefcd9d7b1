/** Version of `@pydantic/genai-prices` that {@link PRICE_TABLE_DATE} belongs to. Written by `scripts/price-table-date.mjs`. */
export const PRICE_TABLE_VERSION = '0.1.8';

/** Day on which that version was published, `YYYY-MM-DD` in UTC: the package itself tells no date. */
export const PRICE_TABLE_DATE = '2026-09-23';
