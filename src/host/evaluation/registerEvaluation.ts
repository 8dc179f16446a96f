import { join } from 'node:path';
import { commands as editor, l10n, Uri, window } from 'vscode';
import type { Logger } from '../../core/ports/runtime.ts';
import type { BaselineUse } from '../../protocol/evaluation.ts';
import { placeArguments } from '../../protocol/placeArguments.ts';
import type { RegisterCommand } from '../editor/registerCommand.ts';
import { commands, internalCommands } from '../editor/contributions.ts';
import { readDiscoverySettings } from '../workspace/discoverySettings.ts';
import { DisposableStore } from '../editor/disposableStore.ts';
import type { WorkerLink } from '../engine/workerLink.ts';
import type { LocationViewer } from '../editor/locationViewer.ts';
import type { EngineFolder } from '../workspace/workspaceFolders.ts';
import { chooseBaseline } from './chooseBaseline.ts';
import { chooseFolder } from './chooseFolder.ts';
import { EvaluationPanel } from './evaluationPanel.ts';
import type { EvaluationState } from './evaluationState.ts';
import { tooLittle } from './evaluationText.ts';
import { evaluateWithProgress } from './evaluateWithProgress.ts';
import type { FolderEvaluation } from './folderEvaluation.ts';
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

/** Evaluates on a folder of the window, compares with a baseline; shows and saves the last report. */
export function registerEvaluation(register: RegisterCommand, parts: EvaluationParts): DisposableStore {
  const { evaluation, folders } = parts;
  const store = new DisposableStore();
  const panel = store.add(new EvaluationPanel());
  const evaluate = async (cases: number) => {
    const folder = await chooseFolder(folders());
    if (folder) await evaluateFolder(folder, { cases }, parts, panel);
  };
  store.add(register(commands.evaluate, () => evaluate(QUICK_CASES)));
  store.add(register(commands.evaluateInFull, () => evaluate(FULL_CASES)));
  store.add(register(commands.compareEvaluation, () => compare(parts, panel)));
  store.add(
    register(commands.openEvaluation, async () => {
      const last = await evaluation.last();
      if (last) panel.show(last);
    }),
  );
  store.add(
    register(commands.saveEvaluation, async () => {
      const last = await evaluation.last();
      if (last) await saveEvaluation(last);
    }),
  );
  store.add(register(internalCommands.openEvaluatedPlace, (...args) => openPlace(args, parts)));
  return store;
}

async function openPlace(args: readonly unknown[], { evaluation, viewer }: EvaluationParts): Promise<void> {
  const place = placeArguments.safeParse(args);
  const last = await evaluation.last();
  if (last && place.success) await viewer.open(last.root, ...place.data);
}

async function compare(parts: EvaluationParts, panel: EvaluationPanel): Promise<void> {
  const folder = await chooseFolder(parts.folders());
  const baseline = folder && (await chooseBaseline(folder));
  if (!baseline) return;
  const result = await evaluateFolder(folder, { cases: FULL_CASES, baseline }, parts, panel);
  if (!result || baseline.action === 'compare') return;
  void window.showInformationMessage(
    l10n.t(
      'The scores are kept as baseline in {0}. Later evaluations can be compared with it.',
      baseline.file,
    ),
  );
}

async function evaluateFolder(
  { name, root, store }: EngineFolder,
  wanted: { readonly cases: number; readonly baseline?: BaselineUse },
  { evaluation, startWorker, log }: EvaluationParts,
  panel: EvaluationPanel,
): Promise<FolderEvaluation | undefined> {
  const title = l10n.t('Touchstone: evaluating on {0}', name);
  const state = join(store, 'evaluations');
  // As they are now: they may have changed since the folder was opened.
  const discovery = readDiscoverySettings(Uri.file(root));
  const request = { root, discovery, state, ...wanted, linkCommand: internalCommands.openEvaluatedPlace };
  const result = await evaluation.run(async (abort) => ({
    name,
    root,
    report: await evaluateWithProgress(title, request, { abort, start: startWorker, log }),
  }));
  if (result) present(result, panel);
  return result;
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
