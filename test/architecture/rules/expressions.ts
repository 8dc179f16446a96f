import ts from 'typescript';
import type { SourceFiles } from './sourceFiles.ts';

/** A regular expression as it is written in a file. */
export interface Expression {
  readonly file: string;
  readonly line: number;
  readonly source: string;
  readonly flags: string;
}

/** A place where one is put together while the program runs. */
export interface MadeExpression {
  readonly file: string;
  readonly line: number;
}

export interface Expressions {
  readonly written: readonly Expression[];
  readonly made: readonly MadeExpression[];
}

/** All regular expressions of these files. */
export function expressionsIn(sources: SourceFiles): Expressions {
  const written: Expression[] = [];
  const made: MadeExpression[] = [];
  for (const [file, text] of sources) {
    const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      const line = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        written.push({ file, line, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
      }
      const isMade = ts.isNewExpression(node) || ts.isCallExpression(node);
      if (isMade && ts.isIdentifier(node.expression) && node.expression.text === 'RegExp') {
        made.push({ file, line });
      }
      ts.forEachChild(node, visit);
    };
    visit(tree);
  }
  return { written, made };
}
