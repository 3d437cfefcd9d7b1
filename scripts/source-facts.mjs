// What one source file imports, and where it reads the environment.
import ts from 'typescript';

/**
 * @param {string} file the file's name, for its syntax
 * @param {string} text
 * @returns {{ imports: { specifier: string, line: number, typeOnly: boolean }[], environmentReads: number[] }} lines count from 1
 */
export function readSourceFacts(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false);
  const imports = [];
  const environmentReads = [];
  const lineOf = (node) => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;

  const visit = (node) => {
    const specifier = importedBy(node);
    if (specifier !== undefined) imports.push({ specifier, line: lineOf(node), typeOnly: isTypeOnly(node) });
    if (readsEnvironment(node)) environmentReads.push(lineOf(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { imports, environmentReads };
}

function importedBy(node) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isExternalModuleReference(node)) return textOf(node.expression);
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : undefined;
  if (ts.isCallExpression(node) && isImportCall(node.expression)) return textOf(node.arguments[0]);
  return undefined;
}

/** Nothing is left of it at run time. */
function isTypeOnly(node) {
  if (ts.isImportDeclaration(node)) return node.importClause?.isTypeOnly ?? false;
  return ts.isImportTypeNode(node) || (ts.isExportDeclaration(node) && node.isTypeOnly);
}

function isImportCall(callee) {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  // require('x'), require.resolve('x'), and a require made by createRequire under any name that says so.
  const called = ts.isPropertyAccessExpression(callee) && callee.name.text === 'resolve' ? callee.expression : callee;
  return ts.isIdentifier(called) && /^_*require/i.test(called.text);
}

function readsEnvironment(node) {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'env' && isProcess(node.expression);
  if (ts.isElementAccessExpression(node))
    return textOf(node.argumentExpression) === 'env' && isProcess(node.expression);
  if (ts.isVariableDeclaration(node) && node.initializer && ts.isObjectBindingPattern(node.name)) {
    return isProcess(node.initializer) && node.name.elements.some((element) => nameOf(element) === 'env');
  }
  if (ts.isImportDeclaration(node) && /^(node:)?process$/.test(textOf(node.moduleSpecifier) ?? '')) {
    const bindings = node.importClause?.namedBindings;
    return bindings !== undefined && ts.isNamedImports(bindings) && bindings.elements.some((e) => nameOf(e) === 'env');
  }
  return false;
}

function isProcess(expression) {
  if (ts.isIdentifier(expression)) return expression.text === 'process';
  return ts.isPropertyAccessExpression(expression) && expression.name.text === 'process';
}

function nameOf(element) {
  const name = element.propertyName ?? element.name;
  return 'text' in name ? name.text : undefined;
}

function textOf(node) {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}
