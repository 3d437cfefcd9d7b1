export { DIALECT_NAMES } from './dialect-name.js';
export type { DialectName } from './dialect-name.js';
export type { MappedEvent } from './dialect.js';
export type { Loss } from './genai-record.js';
export { mapAttributes } from './map-attributes.js';
export type { MapAttributesOptions, MappedAttributes } from './map-attributes.js';
