import { lazily } from '../core/async/lazily.ts';
import { WorkspaceModel } from '../core/completion/workspaceModel.ts';
import { gapOf, gapText, lex, LINE_BREAK, wordOf } from '../core/text/lexer.ts';
import { applyEdit, type TextEdit } from '../core/text/textEdit.ts';
import { Vocabulary } from '../core/text/vocabulary.ts';
import { withProblems } from './authored/caseProblem.ts';
import { bracketBalance, type SyntaxCheck } from './syntaxCheck.ts';
import { drawCompletionCases } from './completionCases.ts';
import { counted } from './counted.ts';
import type { CompletionCase } from './evalCase.ts';
import { ENOUGH_CASES, type SuiteResult } from './evaluation.ts';
import { finishCases } from './finishCases.ts';
import { brierScore, calibrationError, precisionAtShowRate, ratedGuesses } from './metrics/calibration.ts';
import { COMPLETION_METRICS, editSimilarity } from './metrics/completionMetrics.ts';
import type { SetMetric } from './metrics/metric.ts';
import type { CompletionOutcome } from './outcome.ts';
import { createMaskSource } from './sources/maskSource.ts';
import type { SuiteContext } from './suiteContext.ts';
import { summarizeOutcomes } from './summary.ts';
import { teach } from './teach.ts';

const KINDS = {
  'line-start': 'From the start of a line',
  'token-border': 'Between two tokens',
  'inside-identifier': 'Inside a name',
} as const;

/**
 * Hides the rests of lines and has the model complete them. The model learns from every file as it is; of the file
 * being completed it sees the live text only, as in the editor.
 */
export async function completionSuite(context: SuiteContext): Promise<SuiteResult<CompletionOutcome>> {
  const { workspace, seed, pace, stopwatch, syntax } = context;
  const source = createMaskSource(seed);
  const options = { count: context.cases, seed, source };
  const { cases, available, problems } = await drawCompletionCases(workspace, options, pace);
  const model = lazily(() => learn(context));
  const texts = new Map(workspace.files.map(({ path, text }) => [path, text]));
  const { outcomes } = await finishCases<CompletionCase, CompletionOutcome>('completion', cases, context, {
    phase: 'completing',
    run: async (each) => {
      const text = texts.get(each.path) ?? '';
      return { outcome: runCompletionCase(each, { model: await model(), text, stopwatch, syntax }) };
    },
  });
  return {
    outcomes,
    available: { [source.id]: available },
    summary: summarizeOutcomes(
      outcomes,
      COMPLETION_METRICS,
      {
        'Kind of place': ({ kind }) => KINDS[kind],
        Language: ({ language }) => language,
        Folder: ({ folder }) => folder,
      },
      { sets: COMPLETION_SET_METRICS, seed },
    ),
    remark: withProblems(remarkOn(cases.length, context.cases), problems),
  };
}

async function learn({ workspace, pace, report }: SuiteContext): Promise<WorkspaceModel> {
  const model = new WorkspaceModel();
  let done = 0;
  await teach([model], workspace.files, pace, () => {
    report('learning', ++done, workspace.files.length);
  });
  return model;
}

function remarkOn(count: number, wanted: number): string | null {
  if (count >= Math.min(ENOUGH_CASES, wanted)) return null;
  if (count === 0) return 'No line could be hidden: the workspace has too little code outside of tests.';
  return `Only ${counted(count, 'line')} could be hidden in this workspace, so the numbers are rough.`;
}

/** Of a model for completions, what evaluating its lines takes. */
export type LineModel = Pick<WorkspaceModel, 'rate'>;

/** A rest of line counts as shown from this confidence on: about seven in ten of them are right. */
export const SHOWN_FROM = 0.25;

interface CompletionRun {
  readonly model: LineModel;
  /** What counts as shown; `SHOWN_FROM` unless given. */
  readonly shownFrom?: number;
  /** The whole text of the file that the case is made from. */
  readonly text: string;
  /** Milliseconds since any moment, as exactly as can be had. */
  readonly stopwatch: () => number;
  /** Judges whether a suggestion leaves the file well-formed. Counts brackets unless given. */
  readonly syntax?: SyntaxCheck | undefined;
}

/** Has the model complete the whole rest of one line, which is hidden; the lines below it stay, as they do when somebody
 * edits a file. */
export function runCompletionCase(
  each: CompletionCase,
  { model, text, stopwatch, shownFrom = SHOWN_FROM, syntax = bracketBalance }: CompletionRun,
): CompletionOutcome {
  const { offset, lineEnd, ...asked } = each;
  const live = text.slice(0, offset) + text.slice(lineEnd);
  const request = { path: each.path, text: live, offset };
  const started = stopwatch();
  const [best] = model.rate(request);
  const elapsedMs = stopwatch() - started;
  const rest = best ? restOfLine(live, offset, best) : null;
  const isShown = best !== undefined && best.confidence >= shownFrom;
  const shown = isShown ? rest : null;
  return {
    ...asked,
    before: text.slice(
      Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1,
      offset,
    ),
    shown,
    confidence: best?.confidence ?? null,
    heldBack: isShown ? null : rest,
    isExact: shown === each.expected,
    isFirstTokenExact: shown !== null && shown !== '' && firstToken(shown) === firstToken(each.expected),
    similarity: shown === null ? null : editSimilarity(shown, each.expected),
    isWellFormed: isShown
      ? staysWellFormed(text, applyEdit(live, { changes: [best] }), each.path, syntax)
      : null,
    elapsedMs,
  };
}

function staysWellFormed(before: string, after: string, path: string, syntax: SyntaxCheck): boolean | null {
  return syntax.isWellFormed(path, before) === true ? (syntax.isWellFormed(path, after) ?? null) : null;
}

/** What stands between the cursor and the end of its line once the text has been put in. */
function restOfLine(live: string, offset: number, edit: TextEdit): string {
  const [rest = ''] = applyEdit(live, { changes: [edit] })
    .slice(offset)
    .split(/\r|\n/, 1);
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

/** Shares of the places at which something could be shown. */
const SHOW_RATES = [0.1, 0.2, 0.3, 0.5];

function precisionAt(rate: number): SetMetric<CompletionOutcome> {
  return {
    id: `precision@show-${rate * 100}`,
    label: `Right, were the surest ${rate * 100} % shown`,
    kind: 'share',
    better: 'higher',
    of: (outcomes) => precisionAtShowRate(ratedGuesses(outcomes), outcomes.length, rate),
  };
}

/**
 * Characters that one need not type: those of every suggestion shown that is exactly the rest of the line. Taking one
 * costs a key of its own, which is left out here.
 */
function saved(outcomes: readonly CompletionOutcome[]): number {
  return outcomes.reduce((sum, { isExact, expected }) => sum + (isExact ? expected.length : 0), 0);
}

const savedPerPlace: SetMetric<CompletionOutcome> = {
  id: 'characters-saved',
  label: 'Characters saved at a place, on average',
  kind: 'amount',
  better: 'higher',
  of: (outcomes) => (outcomes.length === 0 ? undefined : saved(outcomes) / outcomes.length),
};

/** A ratio of sums, so that a long line counts for more than a short one. */
const savedShare: SetMetric<CompletionOutcome> = {
  id: 'share-saved',
  label: 'Hidden characters that need not be typed',
  kind: 'share',
  better: 'higher',
  of: (outcomes) => {
    const hidden = outcomes.reduce((sum, { expected }) => sum + expected.length, 0);
    return hidden === 0 ? undefined : saved(outcomes) / hidden;
  },
};

const expectedError: SetMetric<CompletionOutcome> = {
  id: 'ece',
  label: 'Calibration error (ECE, 10 bins of equal mass)',
  kind: 'amount',
  better: 'lower',
  of: (outcomes) => calibrationError(ratedGuesses(outcomes)),
};

const brier: SetMetric<CompletionOutcome> = {
  id: 'brier',
  label: 'Brier score of the confidence',
  kind: 'amount',
  better: 'lower',
  of: (outcomes) => brierScore(ratedGuesses(outcomes)),
};

export const COMPLETION_SET_METRICS: readonly SetMetric<CompletionOutcome>[] = [
  savedShare,
  savedPerPlace,
  ...SHOW_RATES.map(precisionAt),
  expectedError,
  brier,
];
