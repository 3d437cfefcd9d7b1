import { dirname, join } from 'node:path';
import ts from 'typescript';

/** One method of the client as its declarations have it. */
export interface DeclaredMethod {
  /** The parameters that say what is asked for, in their order; the last one, the options of the request, is left out. */
  readonly parameters: readonly { readonly name: string; readonly type: ts.Type }[];
  /** What the caller gets when the response is not streamed, if it is JSON. */
  readonly response: ts.Type | undefined;
  /** What is streamed, for methods that can. */
  readonly chunk: ts.Type | undefined;
}

/** The declarations of the installed client. */
export class ClientTypes {
  private constructor(
    readonly checker: ts.TypeChecker,
    private readonly client: ts.Type,
  ) {}

  /** Reads the declarations of `openai`, which takes some seconds. */
  static read(): ClientTypes {
    const file = join(dirname(require.resolve('openai')), 'client.d.ts');
    const options = { strict: true, skipLibCheck: true, noEmit: true, types: ['node'], module: ts.ModuleKind.NodeNext };
    const program = ts.createProgram([file], options);
    const checker = program.getTypeChecker();
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    const client = module && checker.getExportsOfModule(module).find(({ name }) => name === 'OpenAI');
    if (client === undefined) throw new Error(`Expected ${file} to export OpenAI`);
    return new ClientTypes(checker, checker.getDeclaredTypeOfSymbol(client));
  }

  /** The method of a resource, such as `['chat', 'completions']`; `undefined` where this version has none. */
  method(instancePath: readonly string[], name: string): DeclaredMethod | undefined {
    const resource = instancePath.reduce<ts.Type | undefined>(
      (type, part) => type && this.#member(type, part),
      this.client,
    );
    // Of several overloads the last is the one that takes all that the others take.
    const signature = (resource && this.#member(resource, name))?.getCallSignatures().at(-1);
    if (signature === undefined) return undefined;
    const parameters = signature.getParameters().map((parameter) => ({
      name: parameter.name,
      type: this.checker.getTypeOfSymbol(parameter),
    }));
    const results = this.#results(signature.getReturnType());
    const stream = results.find((type) => type.symbol?.name === 'Stream');
    return {
      parameters: parameters.filter((parameter) => parameter.name !== 'options'),
      response: results.find((type) => type !== stream && !this.#isHttpResponse(type)),
      chunk: stream && this.checker.getTypeArguments(stream as ts.TypeReference)[0],
    };
  }

  /** What a promise of the client may settle with; a page of a list settles with something that has `data`. */
  #results(promise: ts.Type): readonly ts.Type[] {
    const [first] = this.checker.getTypeArguments(promise as ts.TypeReference);
    if (first === undefined) return [];
    return first.isUnion() ? first.types : [first];
  }

  #isHttpResponse(type: ts.Type): boolean {
    return this.checker.getPropertyOfType(type, 'arrayBuffer') !== undefined;
  }

  #member(type: ts.Type, name: string): ts.Type | undefined {
    const property = this.checker.getPropertyOfType(type, name);
    return property && this.checker.getNonNullableType(this.checker.getTypeOfSymbol(property));
  }
}
