import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { commands as editor, l10n, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import type { Logger } from '../../core/ports/runtime.ts';
import { lineWithSigns } from '../../core/text/unseen.ts';
import {
  type BaselineUse,
  type EvaluationReport,
  type EvaluationRequest,
  placeArguments,
} from '../../protocol/evaluation.ts';
import { systemClock } from '../../core/async/systemClock.ts';
import { commands, internalCommands, panels } from '../editor/contributions.ts';
import { DisposableStore } from '../editor/disposableStore.ts';
import type { LocationViewer } from '../editor/locationViewer.ts';
import { inform, pick, type Pickable, withProgress } from '../editor/notify.ts';
import type { RegisterCommand } from '../editor/registerCommand.ts';
import { evaluateInWorker, type EvaluateOptions } from '../engine/evaluateInWorker.ts';
import type { WorkerLink } from '../engine/supervisor.ts';
import { type EngineFolder, readDiscoverySettings } from '../workspace/workspaceFolders.ts';
import { chooseFolder } from './chooseFolder.ts';
import type { EvaluationState, FolderEvaluation } from './evaluationState.ts';
import { asFileName, percentDone, progressLine, tooLittle } from './evaluationText.ts';

/** At most so many questions, and so many hidden lines. */
const QUICK_CASES = 40;
const FULL_CASES = 300;

interface EvaluationParts {
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
  void inform(
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
  const { isTrusted } = workspace;
  const request = {
    root,
    isTrusted,
    discovery,
    state,
    ...wanted,
    linkCommand: internalCommands.openEvaluatedPlace,
  };
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
  const choice = await inform(why, openFolder);
  if (choice === openFolder) await editor.executeCommand('vscode.openFolder');
}

type Choice = Pickable & { readonly use: () => Promise<BaselineUse | undefined> };

/** What to do with which baseline of a folder: its own is kept beside its index, others in files that people choose. */
async function chooseBaseline(folder: EngineFolder): Promise<BaselineUse | undefined> {
  const choice = await pick(choices(folder), {
    title: 'Touchstone',
    placeHolder: l10n.t('Which scores should those of {0} be compared with?', folder.name),
  });
  return choice?.use();
}

function choices({ name, store }: EngineFolder): readonly Choice[] {
  const own = join(store, 'evaluations', 'baseline.json');
  const keepOwn: Choice = {
    icon: 'save',
    label: l10n.t('Evaluate and Keep the Scores as Baseline'),
    detail: own,
    use: () => Promise.resolve({ action: 'save', file: own }),
  };
  const compareOwn: Choice = {
    icon: 'diff',
    label: l10n.t('Compare with the Baseline of This Folder'),
    detail: own,
    use: () => Promise.resolve({ action: 'compare', file: own }),
  };
  const hasOwn = existsSync(own);
  return [
    hasOwn ? compareOwn : keepOwn,
    {
      icon: 'folder-opened',
      label: l10n.t('Compare with a Baseline File …'),
      use: () => pickFile(),
    },
    ...(hasOwn ? [keepOwn] : []),
    {
      icon: 'save-as',
      label: l10n.t('Evaluate and Save the Scores in a File …'),
      use: () => nameFile(name),
    },
  ];
}

async function pickFile(): Promise<BaselineUse | undefined> {
  const [file] =
    (await window.showOpenDialog({
      title: l10n.t('Compare with a Baseline File'),
      filters: { [l10n.t('Baseline')]: ['json'] },
    })) ?? [];
  return file && { action: 'compare', file: file.fsPath };
}

async function nameFile(name: string): Promise<BaselineUse | undefined> {
  const file = await window.showSaveDialog({
    title: l10n.t('Save the Scores'),
    defaultUri: Uri.joinPath(Uri.file(homedir()), `touchstone-baseline-${asFileName(name)}.json`),
    filters: { [l10n.t('Baseline')]: ['json'] },
  });
  return file && { action: 'save', file: file.fsPath };
}

/** Evaluates while a notification says how far it is; its button aborts. */
async function evaluateWithProgress(
  title: string,
  request: EvaluationRequest,
  { abort, start, log }: Pick<EvaluateOptions, 'start' | 'log'> & { readonly abort: AbortController },
): Promise<EvaluationReport> {
  return withProgress({ title, cancellable: true }, async (report, token) => {
    const subscription = token.onCancellationRequested(() => {
      abort.abort();
    });
    // The bar grows by steps, so each report is the difference to the last.
    let shown = 0;
    try {
      return await evaluateInWorker(request, {
        start,
        log,
        clock: systemClock,
        signal: abort.signal,
        onProgress: (each) => {
          const percent = percentDone(each);
          report({ message: progressLine(each, l10n), increment: percent - shown });
          shown = percent;
        },
      });
    } finally {
      subscription.dispose();
    }
  });
}

/** Writes the report into a file that the user chooses: everything as JSON if its name says so, else HTML. */
async function saveEvaluation({ name, report }: FolderEvaluation): Promise<void> {
  const file = await window.showSaveDialog({
    title: l10n.t('Save Evaluation'),
    // Not the workspace: the report holds questions with their answers, which later searches would find.
    defaultUri: Uri.joinPath(Uri.file(homedir()), `touchstone-${asFileName(name)}.html`),
    filters: { [l10n.t('Report')]: ['html'], [l10n.t('Data')]: ['json'] },
  });
  if (!file) return;
  const text = file.path.endsWith('.json') ? report.json : report.html;
  await workspace.fs.writeFile(file, new TextEncoder().encode(text));
  void inform(l10n.t('The evaluation is saved in {0}.', file.fsPath));
}

/**
 * The page that shows a report: at most one in a window. It runs no scripts, loads nothing, and its links can do one
 * thing, which is to open a place in the code.
 */
class EvaluationPanel {
  #panel: WebviewPanel | undefined;

  show({ name, report }: FolderEvaluation): void {
    this.#panel ??= this.#open();
    this.#panel.title = lineWithSigns(l10n.t('Evaluation of {0}', name));
    this.#panel.webview.html = report.page;
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(): WebviewPanel {
    const panel = window.createWebviewPanel(panels.evaluation, '', ViewColumn.Active, {
      enableScripts: false,
      enableCommandUris: [internalCommands.openEvaluatedPlace],
      localResourceRoots: [],
      enableFindWidget: true,
      // Coming back from a place in the code, one wants to go on where one was.
      retainContextWhenHidden: true,
    });
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    return panel;
  }
}
