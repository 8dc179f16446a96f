import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';
import type { SourceFiles } from './sourceFiles.ts';

/** One file needs another, a package or a built-in module of Node. */
export interface Import {
  readonly from: string;
  readonly kind: 'file' | 'package' | 'builtin';
  /** A path relative to the repository, or a name without subpath. */
  readonly to: string;
  /** Erased by the compiler. */
  readonly isTypeOnly: boolean;
}

/** Every import, re-export, dynamic import and `import('…')` type in the files, as written. */
export function readImports(files: SourceFiles): readonly Import[] {
  return [...files].flatMap(([path, text]) => {
    const imports: Import[] = [];
    const visit = (node: ts.Node): void => {
      const found = specifierOf(node);
      if (found) imports.push(toImport(path, found.specifier, found.isTypeOnly));
      ts.forEachChild(node, visit);
    };
    visit(parse(path, text));
    return imports;
  });
}

export function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

function specifierOf(
  node: ts.Node,
): { readonly specifier: string; readonly isTypeOnly: boolean } | undefined {
  if (ts.isImportDeclaration(node)) {
    const isTypeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return literal(node.moduleSpecifier, isTypeOnly);
  }
  if (ts.isExportDeclaration(node)) return literal(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return literal(node.argument.literal, true);
  if (ts.isExternalModuleReference(node)) return literal(node.expression, false);
  const isDynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isDynamic ? literal(node.arguments[0], false) : undefined;
}

function literal(node: ts.Node | undefined, isTypeOnly: boolean) {
  return node && ts.isStringLiteralLike(node) ? { specifier: node.text, isTypeOnly } : undefined;
}

function toImport(from: string, specifier: string, isTypeOnly: boolean): Import {
  if (specifier.startsWith('.')) {
    return { from, kind: 'file', to: posix.join(posix.dirname(from), specifier), isTypeOnly };
  }
  const name = packageName(specifier.replace(/^node:/, ''));
  const isBuiltin = specifier.startsWith('node:') || builtinModules.includes(name);
  return { from, kind: isBuiltin ? 'builtin' : 'package', to: name, isTypeOnly };
}

/** `@scope/name/file.js` and `name/file.js` without the file. */
export function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
