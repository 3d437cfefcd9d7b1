export { detectDialect } from './detect-dialect.js';
export type { DetectDialectOptions } from './detect-dialect.js';
export { DIALECT_NAMES } from './dialect-name.js';
export type { DialectName } from './dialect-name.js';
export type { MappedEvent } from './dialect.js';
export type { Loss } from './loss.js';
export { mapAttributes } from './map-attributes.js';
export type { MapAttributesOptions, MappedAttributes } from './map-attributes.js';
export type { MappingOptions } from './parse-map-options.js';
