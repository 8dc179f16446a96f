import { extensions } from 'vscode';
import type { Logger } from '../../core/ports/runtime.ts';
import type { DocumentRef } from '../../protocol/engine.ts';
import { locateDocument } from '../workspace/workspaceFolders.ts';
import { gitChanges, type GitExports } from './gitChanges.ts';

/**
 * Files of the open folders that differ from the last commit, as VS Code's git extension has them at this moment. Without
 * it, and as long as it is not active, there are none: it is not started for this.
 */
export function modifiedDocuments(log: Pick<Logger, 'debug'>): readonly DocumentRef[] {
  const git = extensions.getExtension<GitExports>('vscode.git');
  if (!git?.isActive) return [];
  try {
    return gitChanges(git.exports).flatMap((uri) => locateDocument(uri) ?? []);
  } catch (error) {
    log.debug('Git does not say what has changed', error);
    return [];
  }
}
