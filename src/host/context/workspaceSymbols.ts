import { commands, type SymbolInformation } from 'vscode';
import type { DocumentLines } from '../../protocol/engine.ts';
import { locateDocument } from '../workspace/workspaceFolders.ts';

/** Definitions of one name, at most: more are overloads or not what is meant. */
const MAX = 8;

/**
 * Where language servers say that something of exactly this name is defined, in files of the open folders. See
 * `vscode.executeWorkspaceSymbolProvider` at https://code.visualstudio.com/api/references/commands.
 */
export async function workspaceSymbols(name: string): Promise<readonly DocumentLines[]> {
  const symbols = await commands.executeCommand<readonly SymbolInformation[] | undefined>(
    'vscode.executeWorkspaceSymbolProvider',
    name,
  );
  return (symbols ?? [])
    .filter((symbol) => symbol.name.replace(/\(.*$/s, '') === name)
    .flatMap(({ location: { uri, range } }) => {
      const document = locateDocument(uri);
      return document ? [{ ...document, startLine: range.start.line + 1, endLine: range.end.line + 1 }] : [];
    })
    .slice(0, MAX);
}
