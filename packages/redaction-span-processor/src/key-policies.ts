import type { FieldRules, KeyRules } from './field-rules.js';
import { compileAllowKeys } from './key-allowlist.js';
import { tellingName } from './secret-names.js';

/** What there is to know about an attribute from its key. */
export interface KeyPolicy {
  /** Whether it may leave. */
  readonly isAllowed: boolean;
  /** What the rules say about its value. */
  readonly rules: KeyRules | undefined;
  /** The key, if it says something about the value: that it is secret, or what number it is. */
  readonly tellingName: string | undefined;
  /** Whether nothing is found in the key itself. */
  readonly isClean: boolean;
}

/** Keys are few. Should they be many, they begin anew. */
const MAX_KEYS = 2000;
/** Longer keys are not kept. */
const MAX_KEY_LENGTH = 256;

/** Finds out once what is to be known about each key. */
export class KeyPolicies {
  /** Of a value without a key. */
  readonly root: KeyPolicy;
  readonly #policies = new Map<string, KeyPolicy>();
  readonly #rules: FieldRules;
  readonly #isAllowed: (key: string) => boolean;
  readonly #isClean: (key: string) => boolean;

  /** @param isClean - whether nothing is found in a key */
  constructor(rules: FieldRules, allowKeys: readonly string[] | undefined, isClean: (key: string) => boolean) {
    this.#rules = rules;
    this.#isAllowed = allowKeys === undefined ? () => true : compileAllowKeys(allowKeys);
    this.#isClean = isClean;
    this.root = { isAllowed: true, rules: rules.forRoot(), tellingName: undefined, isClean: true };
  }

  of(key: string): KeyPolicy {
    let policy = this.#policies.get(key);
    if (policy !== undefined) return policy;
    policy = this.#find(key);
    if (this.#policies.size === MAX_KEYS) this.#policies.clear();
    if (key.length <= MAX_KEY_LENGTH) this.#policies.set(key, policy);
    return policy;
  }

  #find(key: string): KeyPolicy {
    return {
      isAllowed: this.#isAllowed(key),
      rules: this.#rules.forKey(key),
      tellingName: tellingName(key),
      isClean: this.#isClean(key),
    };
  }
}
