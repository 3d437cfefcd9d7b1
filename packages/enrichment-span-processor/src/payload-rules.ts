import { excludeInJson } from './excluded-json.js';
import { ExcludedFields } from './excluded-fields.js';
import type { ExcludedState } from './excluded-fields.js';
import { limitMessageBytes, limitMessageCount } from './message-limits.js';
import type { MessageShape } from './message-limits.js';
import { toolDefinitionKind } from './payload-content-keys.js';
import type { ParsedPayloadOptions } from './payload-options.js';
import { toolNames } from './payload-tools.js';
import { isVectorKey, shortenVectors } from './payload-vectors.js';
import { shapeOf } from './truncate-shape.js';
import type { JsonShape } from './truncate-shape.js';
import type { TruncateTally } from './truncate-tally.js';

/** What the options say about the attribute of one key. */
export interface KeyRules {
  readonly isRemoved: boolean;
  readonly isExcluded: boolean;
  /** Where the paths of excluded fields are behind the key. */
  readonly excluded: ExcludedState;
  readonly shape: JsonShape;
  /** How messages in it are written; `undefined`: it holds none, or their number and size is not limited. */
  readonly messages: MessageShape | undefined;
  readonly hasMessageCount: boolean;
  readonly toolNames: boolean;
  /** Whether numbers in it are an embedding that is not kept. */
  readonly isVector: boolean;
}

/** Keys come from outside: rules of more than these are found out anew each time. */
const MAX_KNOWN_KEYS = 1_000;

/** The rules of {@link ParsedPayloadOptions} but for the size of values, by the key of an attribute. */
export class PayloadRules {
  /** Whether there is any rule: if not, nothing but the size of a value matters. */
  readonly isEmpty: boolean;
  readonly #options: ParsedPayloadOptions;
  readonly #excluded: ExcludedFields;
  readonly #known = new Map<string, KeyRules>();

  constructor(options: ParsedPayloadOptions) {
    this.#options = options;
    this.#excluded = new ExcludedFields(options.excludeFields);
    this.isEmpty =
      options.maxMessageBytes === undefined &&
      options.keepFirstMessages === undefined &&
      options.keepLastMessages === undefined &&
      options.dropToolDefinitions === false &&
      options.embeddings === 'keep' &&
      options.excludeFields.length === 0;
  }

  of(key: string): KeyRules {
    let rules = this.#known.get(key);
    if (rules === undefined) {
      rules = this.#make(key);
      if (this.#known.size < MAX_KNOWN_KEYS) this.#known.set(key, rules);
    }
    return rules;
  }

  /** A text that is JSON, or looks so, without its excluded fields. */
  exclude(json: string, { excluded }: KeyRules, tally: TruncateTally): string {
    if (this.#options.excludeFields.length === 0) return json;
    return excludeInJson(json, this.#excluded, excluded, tally);
  }

  /** JSON with less in it; the identical text when no rule takes anything away. */
  shorten(json: string, rules: KeyRules, tally: TruncateTally): string {
    let short = json;
    if (rules.toolNames) short = toolNames(short);
    if (this.#options.embeddings === 'length') short = shortenVectors(short, tally);
    if (rules.messages === undefined) return short;
    if (rules.hasMessageCount) short = limitMessageCount(short, this.#options, tally);
    const { maxMessageBytes } = this.#options;
    return maxMessageBytes === undefined ? short : limitMessageBytes(short, maxMessageBytes, rules.messages, tally);
  }

  #make(key: string): KeyRules {
    const { dropToolDefinitions, keepFirstMessages, keepLastMessages, embeddings } = this.#options;
    const tools = dropToolDefinitions === false ? undefined : toolDefinitionKind(key);
    const shape = shapeOf(key);
    const excluded = this.#excluded.afterKey(this.#excluded.start, key);
    return {
      isRemoved: tools !== undefined && (dropToolDefinitions === true || tools === 'field'),
      isExcluded: excluded.isExcluded,
      excluded,
      shape,
      messages: shape === 'messages' || shape === 'chat' ? shape : undefined,
      hasMessageCount:
        key !== 'gen_ai.output.messages' && (keepFirstMessages !== undefined || keepLastMessages !== undefined),
      toolNames: tools === 'list',
      isVector: embeddings === 'length' && isVectorKey(key),
    };
  }
}
