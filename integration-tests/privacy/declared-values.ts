import ts from 'typescript';

/** What stands for a file in a plan: the application makes an upload of it. */
export interface PlannedFile {
  readonly $file: { readonly name: string; readonly content: string };
}

/** How to fill what a type declares. */
export interface Filling {
  /** The value of a string, given the path of its field. */
  readonly string: (path: string) => string;
  /** The value of a string that has to be one of several words. */
  readonly word: (path: string, words: readonly string[]) => string;
  /** Values for fields that are not to be made from their type, by path. */
  readonly fixed?: (path: string) => unknown;
  /** The keys of an object whose keys the caller chooses. */
  readonly key: (path: string) => string;
}

/** Deeper than any type of the API, recursive ones aside. */
const MAX_DEPTH = 24;
/** Unions within unions need as many values as the product of some of them; more than this would be a mistake. */
const TOO_MANY = 400;

/**
 * Values of a type that between them have every field that the type declares, and every member of every union.
 *
 * A field of a type that comes up inside itself is filled once more and then left out.
 *
 * @param most - make no more values than this, whatever is then left out
 * @throws RangeError when it takes more than 400 values
 */
export function declaredValues(
  checker: ts.TypeChecker,
  type: ts.Type,
  path: string,
  filling: Filling,
  most?: number,
): unknown[] {
  const chosen = new Map<string, { readonly members: number; times: number }>();
  const values: unknown[] = [];
  const isIncomplete = (): boolean => [...chosen.values()].some(({ members, times }) => times < members);
  do {
    const state = { checker, filling, chosen, flag: values.length % 2 === 0 };
    values.push(new ValueMaker(state).make(type, path));
    if (values.length > TOO_MANY) throw new RangeError(`Expected at most ${TOO_MANY} values of ${path}`);
  } while (isIncomplete() && values.length !== most);
  return values;
}

/** Stands for "leave the field out". */
const OMIT = Symbol('omit');

interface State {
  readonly checker: ts.TypeChecker;
  readonly filling: Filling;
  /** By path of a union: which of its members come next. */
  readonly chosen: Map<string, { readonly members: number; times: number }>;
  /** The value of what is declared to be true or false. */
  readonly flag: boolean;
}

class ValueMaker {
  readonly #stack: ts.Type[] = [];

  constructor(private readonly state: State) {}

  make(type: ts.Type, path: string): unknown {
    const { fixed } = this.state.filling;
    const value = fixed?.(path);
    if (value !== undefined) return value;
    const { flags } = type;
    const { filling, flag } = this.state;
    if (isUpload(type)) return this.#file(path);
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return this.#anything(path);
    if (flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) return filling.string(path);
    if (type.isStringLiteral()) return filling.word(path, [type.value]);
    if (type.isNumberLiteral()) return type.value;
    if (flags & ts.TypeFlags.NumberLike) return 1;
    if (flags & ts.TypeFlags.BooleanLiteral) return this.state.checker.typeToString(type) === 'true';
    if (flags & ts.TypeFlags.BooleanLike) return flag;
    if (flags & ts.TypeFlags.Null) return null;
    if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void | ts.TypeFlags.Never)) return OMIT;
    if (type.isUnion()) return this.#union(type, path);
    if (isText(type)) return filling.string(path);
    return this.#object(type, path);
  }

  #union(type: ts.UnionType, path: string): unknown {
    const members = membersOf(type);
    if (members.length > 1 && members.every(isText)) {
      const words = members.map((member) => (member.isStringLiteral() ? member.value : undefined));
      return this.state.filling.word(
        path,
        words.filter((word) => word !== undefined),
      );
    }
    if (members.every((member) => member.flags & ts.TypeFlags.BooleanLiteral)) return this.state.flag;
    return this.#member(members, path);
  }

  #member(members: readonly ts.Type[], path: string): unknown {
    const choice = this.state.chosen.get(path) ?? { members: members.length, times: 0 };
    this.state.chosen.set(path, choice);
    const turn = choice.times++;
    // What has no parts is seen in one go; what has some may hold unions of its own.
    const withParts = members.filter((member) => member.flags & ts.TypeFlags.Object);
    const again = withParts.length === 0 ? members : withParts;
    const member = turn < members.length ? members[turn] : again[turn % again.length];
    if (member === undefined) return OMIT;
    return this.make(member, members.length === 1 ? path : `${path}|${this.#name(member, members.indexOf(member))}`);
  }

  #list(element: ts.Type, path: string): unknown[] {
    // One of each: so a list of items holds every kind of item.
    const members = element.isUnion() ? membersOf(element) : [element];
    const isPlain = members.every((member) => isText(member) || member.flags & ts.TypeFlags.NumberLike);
    if (isPlain) return [this.make(element, `${path}[]`)].filter((value) => value !== OMIT);
    return members
      .map((member, index) => this.make(member, `${path}[${members.length === 1 ? '' : this.#name(member, index)}]`))
      .filter((value) => value !== OMIT);
  }

  #object(type: ts.Type, path: string): unknown {
    const { checker } = this.state;
    if (checker.isArrayType(type) || checker.isTupleType(type)) {
      const [element] = checker.getTypeArguments(type as ts.TypeReference);
      return element === undefined ? [] : this.#list(element, path);
    }
    if (this.#stack.filter((outer) => outer === type).length > 1 || this.#stack.length > MAX_DEPTH) return OMIT;
    this.#stack.push(type);
    const value: Record<string, unknown> = {};
    for (const property of checker.getPropertiesOfType(type)) {
      const declared = checker.getTypeOfSymbol(property);
      if (declared.getCallSignatures().length > 0) continue;
      const made = this.make(declared, `${path}.${property.name}`);
      if (made !== OMIT) value[property.name] = made;
    }
    const index = checker.getIndexInfoOfType(type, ts.IndexKind.String);
    if (index !== undefined) {
      const made = this.make(index.type, `${path}.{value}`);
      if (made !== OMIT) value[this.state.filling.key(`${path}.{key}`)] = made;
    }
    this.#stack.pop();
    return value;
  }

  /** What is not declared may hold anything, at any depth. */
  #anything(path: string): unknown {
    const { filling } = this.state;
    const inner = { [filling.key(`${path}.{any key}`)]: [filling.string(`${path}.{any value}`)] };
    return {
      ...inner,
      type: filling.word(`${path}.{any type}`, ['object']),
      description: filling.string(`${path}.{any}`),
    };
  }

  #file(path: string): PlannedFile {
    const { filling } = this.state;
    return { $file: { name: filling.string(`${path}.{file name}`), content: filling.string(`${path}.{file}`) } };
  }

  /** What tells a member of a union from the others: the word in its `type` or `role`, else its name or position. */
  #name(member: ts.Type, index: number): string {
    const { checker } = this.state;
    for (const name of ['type', 'role']) {
      const property = checker.getPropertyOfType(member, name);
      const declared = property && checker.getTypeOfSymbol(property);
      if (declared?.isStringLiteral()) return `${index}:${declared.value}`;
    }
    return `${index}:${member.aliasSymbol?.name ?? member.symbol?.name ?? checker.typeToString(member).slice(0, 20)}`;
  }
}

/** `string & {}` is how a type asks editors to show some words and takes any other as well. */
function isText(type: ts.Type): boolean {
  if (type.isIntersection()) return type.types.some((part) => part.flags & ts.TypeFlags.String);
  return (type.flags & ts.TypeFlags.StringLike) !== 0;
}

/** What the client takes for a file and is neither a Blob nor an HTTP response. */
const UPLOADS: ReadonlySet<string> = new Set(['FsReadStream', 'AsyncIterable', 'ReadableStream', 'StreamingFile']);

function isUpload(type: ts.Type): boolean {
  return (
    type.getProperty('arrayBuffer') !== undefined || UPLOADS.has(type.aliasSymbol?.name ?? type.symbol?.name ?? '')
  );
}

/** The members that say something; `null` and `undefined` do not. One kind of upload stands for all. */
function membersOf(type: ts.UnionType): ts.Type[] {
  const upload = type.types.find(isUpload);
  const members = type.types.filter(
    (member) =>
      !(member.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) && (!isUpload(member) || member === upload),
  );
  const rest = members.filter((member) => !(member.flags & ts.TypeFlags.BooleanLiteral));
  const flags = members.filter((member) => member.flags & ts.TypeFlags.BooleanLiteral);
  // True and false are one member beside others: which of them it is does not matter.
  return rest.length > 0 ? [...rest, ...flags.slice(0, 1)] : members;
}
