import { join } from 'node:path';
import { commands as editor, l10n, window } from 'vscode';
import type { Logger } from '../../core/ports.ts';
import { placeArguments } from '../../protocol/placeArguments.ts';
import type { RegisterCommand } from '../commands/registerCommand.ts';
import { commands, internalCommands } from '../contributions.ts';
import { DisposableStore } from '../disposableStore.ts';
import type { WorkerLink } from '../engine/workerLink.ts';
import type { LocationViewer } from '../locationViewer.ts';
import type { EngineFolder } from '../workspaceFolders.ts';
import { chooseFolder } from './chooseFolder.ts';
import { EvaluationPanel } from './evaluationPanel.ts';
import type { EvaluationState, FolderEvaluation } from './evaluationState.ts';
import { tooLittle } from './evaluationText.ts';
import { evaluateWithProgress } from './evaluateWithProgress.ts';
import { saveEvaluation } from './saveEvaluation.ts';

/** At most so many questions, and so many hidden lines. */
const QUICK_CASES = 40;
const FULL_CASES = 300;

export interface EvaluationParts {
  readonly evaluation: EvaluationState;
  readonly startWorker: () => WorkerLink;
  readonly folders: () => readonly EngineFolder[];
  readonly viewer: LocationViewer;
  readonly log: Logger;
}

/** Evaluates on a folder of the window; shows and saves the last report. */
export function registerEvaluation(register: RegisterCommand, parts: EvaluationParts): DisposableStore {
  const { evaluation, viewer } = parts;
  const store = new DisposableStore();
  const panel = store.add(new EvaluationPanel());
  const evaluate = async (cases: number) => {
    const result = await evaluateFolder(cases, parts);
    if (result) present(result, panel);
  };
  store.add(register(commands.evaluate, () => evaluate(QUICK_CASES)));
  store.add(register(commands.evaluateInFull, () => evaluate(FULL_CASES)));
  store.add(
    register(commands.openEvaluation, () => {
      if (evaluation.last) panel.show(evaluation.last);
    }),
  );
  store.add(register(commands.saveEvaluation, () => evaluation.last && saveEvaluation(evaluation.last)));
  store.add(
    register(internalCommands.openEvaluatedPlace, async (...args) => {
      const place = placeArguments.safeParse(args);
      if (evaluation.last && place.success) await viewer.open(evaluation.last.root, ...place.data);
    }),
  );
  return store;
}

async function evaluateFolder(
  cases: number,
  { evaluation, startWorker, folders, log }: EvaluationParts,
): Promise<FolderEvaluation | undefined> {
  const folder = await chooseFolder(folders());
  if (!folder) return undefined;
  const { name, root, store } = folder;
  const title = l10n.t('Touchstone: evaluating on {0}', name);
  const request = { root, state: join(store, 'evaluations'), cases, linkCommand: internalCommands.openEvaluatedPlace };
  return evaluation.run(async (abort) => ({
    name,
    root,
    report: await evaluateWithProgress(title, request, { abort, start: startWorker, log }),
  }));
}

/** Without a single case there is nothing to show but the reason. */
function present(result: FolderEvaluation, panel: EvaluationPanel): void {
  const { name, report } = result;
  if (report.cases > 0) panel.show(result);
  const why = tooLittle(name, report, l10n);
  if (why !== undefined) void suggestOtherFolder(why);
}

/** The button is an offer, and has the editor show all of a message that it would cut off without one. */
async function suggestOtherFolder(why: string): Promise<void> {
  const openFolder = l10n.t('Open Folder …');
  const choice = await window.showInformationMessage(why, openFolder);
  if (choice === openFolder) await editor.executeCommand('vscode.openFolder');
}
