import { posix } from 'node:path';
import ts from 'typescript';
import { parse } from './imports.ts';
import type { SourceFiles } from './sourceFiles.ts';

/** What the title of a test begins with whose subject is an attack: each row of its table is one. */
const PREFIX = 'attack: ';

/** What an attack is about, by the file that holds its test; the first that fits. */
const KINDS: readonly (readonly [kind: string, files: RegExp])[] = [
  ['git', /\/git\/|gitAndTrust|gitLog/],
  ['keys, tokens and addresses', /\/models\/|modelOption|modelsStatus|e2e\/try/],
  ['credentials and their files', /secret|excludedPaths|suppression/i],
  ['links, devices and stores', /linked|swapped|store|oddEntries|nodeFileTree|spoil|image|manifest/i],
  [
    'rules, patterns and sizes',
    /rules|pattern|glob|ignore|bounded|linear|slow|hostileFolders|watchdog|silentWorker|caseChecker|engineClient/i,
  ],
  ['pages and their messages', /webview\/|chatSession|feedbackPanel|protocol|viewMessage/i],
];
const OTHER = 'text that becomes markup, hides or lies';

/** How many attacks of each kind there are. */
export function countAttacks(files: SourceFiles): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [path, text] of files) {
    if (!text.includes(PREFIX)) continue;
    const kind = KINDS.find(([, pattern]) => pattern.test(path))?.[0] ?? OTHER;
    const count = attacksIn(path, files);
    if (count > 0) counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  return counts;
}

function attacksIn(path: string, files: SourceFiles): number {
  const source = parse(path, files.get(path) ?? '');
  let count = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isAttack(node))
      count += rowsOf(node.expression, { path, source, files });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return count;
}

/** A call such as `test('attack: …', …)` or `it.each(table)('attack: …', …)`. */
function isAttack({ expression, arguments: [title] }: ts.CallExpression): boolean {
  if (!title || !/^(it|test)\b/.test(expression.getText())) return false;
  if (ts.isStringLiteral(title) || ts.isNoSubstitutionTemplateLiteral(title)) {
    return title.text.startsWith(PREFIX);
  }
  return ts.isTemplateExpression(title) && title.head.text.startsWith(PREFIX);
}

interface Place {
  readonly path: string;
  readonly source: ts.SourceFile;
  readonly files: SourceFiles;
}

/** Of what is called: `test.each(table)` has as many tests as its table has rows, everything else is one. */
function rowsOf(callee: ts.Expression, place: Place): number {
  if (!ts.isCallExpression(callee) || !ts.isPropertyAccessExpression(callee.expression)) return 1;
  const [table] = callee.arguments;
  return callee.expression.name.text === 'each' && table ? (lengthOf(table, place) ?? 1) : 1;
}

/** How long a list is, if that can be seen: one written out, here or where it is imported from, or made from such. */
function lengthOf(expression: ts.Expression, place: Place): number | undefined {
  if (ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression)) {
    return lengthOf(expression.expression, place);
  }
  if (ts.isParenthesizedExpression(expression)) return lengthOf(expression.expression, place);
  if (ts.isArrayLiteralExpression(expression)) {
    return expression.elements.reduce(
      (sum, element) => sum + (ts.isSpreadElement(element) ? (lengthOf(element.expression, place) ?? 0) : 1),
      0,
    );
  }
  if (ts.isCallExpression(expression)) return lengthOfCall(expression, place);
  return ts.isIdentifier(expression) ? lengthOfName(expression.text, place) : undefined;
}

/** `Object.entries(object)` and its kind, and `list.map(…)`, which has as many. */
function lengthOfCall(
  { expression, arguments: [first] }: ts.CallExpression,
  place: Place,
): number | undefined {
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  if (expression.name.text === 'map') return lengthOf(expression.expression, place);
  if (expression.expression.getText() !== 'Object' || !first) return undefined;
  const object = ts.isIdentifier(first) ? initializerOf(first.text, place.source) : first;
  return object && ts.isObjectLiteralExpression(object) ? object.properties.length : undefined;
}

function lengthOfName(name: string, place: Place): number | undefined {
  const here = initializerOf(name, place.source);
  if (here) return lengthOf(here, place);
  const imported = place.source.statements.find(
    (statement): statement is ts.ImportDeclaration =>
      ts.isImportDeclaration(statement) &&
      new RegExp(`\\b${name}\\b`).test(statement.importClause?.getText() ?? ''),
  );
  if (!imported || !ts.isStringLiteral(imported.moduleSpecifier)) return undefined;
  const path = posix.join(posix.dirname(place.path), imported.moduleSpecifier.text);
  const text = place.files.get(path);
  if (text === undefined) return undefined;
  const source = parse(path, text);
  const there = initializerOf(name, source);
  return there && lengthOf(there, { ...place, path, source });
}

function initializerOf(name: string, source: ts.SourceFile): ts.Expression | undefined {
  let found: ts.Expression | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === name) found ??= node.initializer;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
