import ts from 'typescript';
import { parse } from './imports.ts';
import type { SourceFiles, Violations } from './sourceFiles.ts';

/** Sentences that only a prompt for a language model contains. Prompts live in src/core/prompts. */
const PROMPT =
  /\b(you are (a|an|the)\b[^.]{0,60}\b(assistant|engineer|expert|model|developer)|your task is to|as an ai\b|do not make (up|anything up)|respond (only )?(with|in)\b|answer only (with|from)|think step by step)/i;

const UNFINISHED = /\b(TODO|FIXME|XXX|HACK)\b/;

const VAGUE_NAME = /(^|\/)(index|misc|common|utils?|helpers?|\w+(Utils?|Helpers?|Manager))\.tsx?$/;

/** Things that do not belong into any file below `src`. */
export function contentViolations(files: SourceFiles): Violations {
  return [...files].flatMap(([path, text]) => {
    const found = new Set<string>();
    if (UNFINISHED.test(text)) found.add('is unfinished by its own account');
    if (VAGUE_NAME.test(path)) found.add('has a name that says nothing');
    const visit = (node: ts.Node): void => {
      const problem = problemOf(path, node);
      if (problem) found.add(problem);
      ts.forEachChild(node, visit);
    };
    visit(parse(path, text));
    return [...found].map((problem) => `${path} ${problem}`);
  });
}

function problemOf(path: string, node: ts.Node): string | undefined {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return 'uses `any`';
  if (isDefaultExport(node)) return 'has a default export';
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) return 're-exports another file';
  if (isText(node) && PROMPT.test(node.text) && !path.startsWith('src/core/prompts/')) {
    return 'contains text of a prompt';
  }
  return undefined;
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) return true;
  return ts.isExportSpecifier(node) && node.name.text === 'default';
}

function isText(node: ts.Node): node is ts.LiteralLikeNode {
  return ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) || ts.isJsxText(node);
}
