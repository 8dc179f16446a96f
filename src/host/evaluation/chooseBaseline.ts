import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { l10n, Uri, window, type QuickPickItem } from 'vscode';
import type { BaselineUse } from '../../protocol/evaluation.ts';
import type { EngineFolder } from '../workspace/workspaceFolders.ts';

type Choice = QuickPickItem & { readonly use: () => Promise<BaselineUse | undefined> };

/** What to do with which baseline of a folder: its own is kept beside its index, others in files that people choose. */
export async function chooseBaseline(folder: EngineFolder): Promise<BaselineUse | undefined> {
  const choice = await window.showQuickPick(choices(folder), {
    title: 'Touchstone',
    placeHolder: l10n.t('Which scores should those of {0} be compared with?', folder.name),
  });
  return choice?.use();
}

function choices({ name, store }: EngineFolder): readonly Choice[] {
  const own = join(store, 'evaluations', 'baseline.json');
  const keepOwn: Choice = {
    label: l10n.t('$(save) Evaluate and Keep the Scores as Baseline'),
    detail: own,
    use: () => Promise.resolve({ action: 'save', file: own }),
  };
  const compareOwn: Choice = {
    label: l10n.t('$(diff) Compare with the Baseline of This Folder'),
    detail: own,
    use: () => Promise.resolve({ action: 'compare', file: own }),
  };
  const hasOwn = existsSync(own);
  return [
    hasOwn ? compareOwn : keepOwn,
    {
      label: l10n.t('$(folder-opened) Compare with a Baseline File …'),
      use: () => pickFile(),
    },
    ...(hasOwn ? [keepOwn] : []),
    {
      label: l10n.t('$(save-as) Evaluate and Save the Scores in a File …'),
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
    defaultUri: Uri.joinPath(Uri.file(homedir()), `touchstone-baseline-${name}.json`),
    filters: { [l10n.t('Baseline')]: ['json'] },
  });
  return file && { action: 'save', file: file.fsPath };
}
