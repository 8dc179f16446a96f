import { l10n } from 'vscode';
import { pick } from '../editor/notify.ts';
import type { EngineFolder } from '../workspace/workspaceFolders.ts';

/** The only folder there is, or the one that the user picks. */
export async function chooseFolder(folders: readonly EngineFolder[]): Promise<EngineFolder | undefined> {
  if (folders.length <= 1) return folders[0];
  const items = folders.map((folder) => ({ label: folder.name, description: folder.root, folder }));
  const choice = await pick(items, {
    title: 'Touchstone',
    placeHolder: l10n.t('Which folder should Touchstone be evaluated on?'),
  });
  return choice?.folder;
}
