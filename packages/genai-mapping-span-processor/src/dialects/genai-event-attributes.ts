import type { AttributeValue } from '@opentelemetry/api';
import type { MappingTarget } from '../mapping-target.js';

/** What the message events of 1.28–1.36 have besides the message: who provides the model. */
export function eventAttributes(target: MappingTarget): Record<string, AttributeValue> {
  const system = target.valueOf('gen_ai.system');
  return system === undefined ? {} : { 'gen_ai.system': system };
}
