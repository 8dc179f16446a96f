import type { WorkspaceModel } from '../core/completion/workspaceModel.ts';
import { gapText, gapOf, lex, LINE_BREAK, wordOf } from '../core/text/lexer.ts';
import { applyEdit, type SuggestedEdit } from '../core/text/suggestedEdit.ts';
import { Vocabulary } from '../core/text/vocabulary.ts';
import { bracketBalance } from './bracketBalance.ts';
import type { CompletionCase } from './evalCase.ts';
import { editSimilarity } from './metrics/editSimilarity.ts';
import type { CompletionOutcome } from './outcome.ts';
import type { SyntaxCheck } from './syntaxCheck.ts';

/** Of a model for completions, what evaluating it takes. */
export type RatedModel = Pick<WorkspaceModel, 'complete' | 'rate'>;

export interface CompletionRun {
  readonly model: RatedModel;
  /** The whole text of the file that the case is made from. */
  readonly text: string;
  /** Milliseconds since any moment, as exactly as can be had. */
  readonly stopwatch: () => number;
  /** Judges whether a suggestion leaves the file well-formed. Counts brackets unless given. */
  readonly syntax?: SyntaxCheck | undefined;
}

/** Completes one line whose rest is hidden; the lines below it stay, as they do when somebody edits a file. */
export function runCompletionCase(
  each: CompletionCase,
  { model, text, stopwatch, syntax = bracketBalance }: CompletionRun,
): CompletionOutcome {
  const { offset, lineEnd, ...asked } = each;
  const live = text.slice(0, offset) + text.slice(lineEnd);
  const request = { path: each.path, text: live, offset };
  const started = stopwatch();
  const completion = model.complete(request);
  const elapsedMs = stopwatch() - started;
  const shown = completion === undefined ? null : restOfLine(live, offset, completion.edit);
  const best = shown === null ? model.rate(request)[0] : undefined;
  return {
    ...asked,
    before: text.slice(
      Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1,
      offset,
    ),
    shown,
    confidence: completion?.confidence ?? best?.confidence ?? null,
    heldBack: best ? restOfLine(live, offset, { changes: [best] }) : null,
    isExact: shown === each.expected,
    isFirstTokenExact: shown !== null && shown !== '' && firstToken(shown) === firstToken(each.expected),
    similarity: shown === null ? null : editSimilarity(shown, each.expected),
    isWellFormed: completion
      ? staysWellFormed(text, applyEdit(live, completion.edit), each.path, syntax)
      : null,
    elapsedMs,
  };
}

function staysWellFormed(before: string, after: string, path: string, syntax: SyntaxCheck): boolean | null {
  return syntax.isWellFormed(path, before) === true ? (syntax.isWellFormed(path, after) ?? null) : null;
}

/** What stands between the cursor and the end of its line once the text has been put in. */
function restOfLine(live: string, offset: number, edit: Pick<SuggestedEdit, 'changes'>): string {
  const [rest = ''] = applyEdit(live, edit).slice(offset).split(/\r|\n/, 1);
  return rest.trimEnd();
}

/** With the white space before it, which is the writer's choice as much as the token is. */
function firstToken(text: string): string {
  const words = new Vocabulary();
  const tokens = lex(text, words);
  const indent = gapText(gapOf(tokens[0] ?? 0));
  const first = tokens.find((token) => wordOf(token) !== LINE_BREAK);
  return first === undefined ? '' : indent + words.textOf(wordOf(first));
}
