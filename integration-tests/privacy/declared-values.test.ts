import ts from 'typescript';
import { declaredValues, type Filling } from './declared-values.js';

const FILE = '/declared.ts';
const FILLING: Filling = {
  string: (path) => `at ${path}`,
  key: () => 'key',
  word: (_path, words) => words.join(' or '),
  fixed: (path) => (path.endsWith('.model') ? 'fixed' : undefined),
};

/** Values of the type `T` that `source` declares. */
function valuesOf(source: string, most?: number): unknown[] {
  const host = ts.createCompilerHost({ strict: true });
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === FILE ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest);
  const program = ts.createProgram([FILE], { strict: true, types: [] }, host);
  const checker = program.getTypeChecker();
  const declaration = program.getSourceFile(FILE)?.statements.find((node) => 'name' in node && nameOf(node) === 'T');
  if (declaration === undefined) throw new Error('Expected a declaration of T');
  return declaredValues(checker, checker.getTypeAtLocation(declaration), 'T', FILLING, most);
}

function nameOf(node: ts.Statement): string | undefined {
  return ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node) ? node.name.text : undefined;
}

describe('values of a declared type', () => {
  it('have every field, optional ones too', () => {
    expect(valuesOf(`type T = { a?: string | null; b: { c: number; d?: 'x' | 'y' }; model: string }`)).toEqual([
      { a: 'at T.a', b: { c: 1, d: 'x or y' }, model: 'fixed' },
    ]);
  });

  it('go through every member of a union between them', () => {
    const values = valuesOf(`type T = { a: string | { b: string | number[] } | boolean }`);
    expect(values).toEqual(
      expect.arrayContaining([
        { a: 'at T.a|0:string' },
        { a: { b: expect.any(String) } },
        { a: { b: [1] } },
        { a: expect.any(Boolean) },
      ]),
    );
  });

  it('have one of each in a list', () => {
    expect(valuesOf(`type T = { list: Array<{ type: 'x'; a: string } | { type: 'y'; b: string }> }`)).toEqual([
      {
        list: [
          { type: 'x', a: 'at T.list[0:x].a' },
          { type: 'y', b: 'at T.list[1:y].b' },
        ],
      },
    ]);
  });

  it('fill free keys and what is not declared at all', () => {
    const [value] = valuesOf(`type T = { map: { [name: string]: string }; any: unknown }`);
    expect(value).toEqual({
      map: { key: 'at T.map.{value}' },
      any: expect.objectContaining({ key: [expect.any(String)] }),
    });
  });

  it('end where a type contains itself', () => {
    expect(valuesOf(`interface T { a: string; inner?: T }`)).toEqual([{ a: 'at T.a', inner: { a: 'at T.inner.a' } }]);
  });

  it('are no more than were asked for', () => {
    expect(valuesOf(`type T = { a: string | number | string[] | number[] }`, 2)).toHaveLength(2);
  });
});
