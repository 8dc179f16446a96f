import {
  CompletionItem,
  CompletionItemKind,
  type CompletionItemProvider,
  FileType,
  MarkdownString,
  type Position,
  Range,
  SnippetString,
  type TextDocument,
  Uri,
  workspace,
} from 'vscode';
import { splitLines } from '../../core/text/lines.ts';
import { lineWithSigns } from '../../core/text/unseen.ts';
import { caseFileContext } from './caseFileContext.ts';
import {
  type CaseFileSchema,
  isPathKey,
  type KeyProposal,
  proposeKeys,
  proposeValues,
} from './caseFileSchema.ts';

/** Folders that hold nothing to refer to. */
const HIDDEN = new Set(['.git', 'node_modules']);

/** Proposes keys, values, and paths of the workspace in files of cases. */
export class CaseFileCompletions implements CompletionItemProvider {
  static readonly triggers = ['/', ' ', '['] as const;
  readonly #file: Uri;
  #schema: Promise<CaseFileSchema> | undefined;

  constructor(extensionUri: Uri) {
    this.#file = Uri.joinPath(extensionUri, 'media/evalCases.schema.json');
  }

  async provideCompletionItems(document: TextDocument, position: Position): Promise<CompletionItem[]> {
    const lines = splitLines(document.getText());
    const line = lines[position.line] ?? '';
    const above = [...lines.slice(0, position.line), line.slice(0, position.character)];
    const context = caseFileContext(above, lines.slice(position.line + 1));
    if (!context) return [];
    const schema = await (this.#schema ??= this.#read());
    if (context.at === 'key') return proposeKeys(schema, context.list, context.present).map(keyItem);
    if (isPathKey(context.key)) return pathItems(document, position, context.typed);
    return proposeValues(schema, context.list, context.key).map(
      (value) => new CompletionItem(value, CompletionItemKind.Value),
    );
  }

  async #read(): Promise<CaseFileSchema> {
    const bytes = await workspace.fs.readFile(this.#file);
    return JSON.parse(new TextDecoder().decode(bytes)) as CaseFileSchema;
  }
}

function keyItem({ key, description, snippet }: KeyProposal): CompletionItem {
  const item = new CompletionItem(key, CompletionItemKind.Property);
  item.insertText = new SnippetString(snippet);
  item.documentation = new MarkdownString(description);
  return item;
}

/** The entries of the folder that is typed so far. */
async function pathItems(
  document: TextDocument,
  position: Position,
  typed: string,
): Promise<CompletionItem[]> {
  const root = workspace.getWorkspaceFolder(document.uri);
  const path = typed.replace(/^['"]/, '');
  if (!root || path.includes('#') || path.split('/').includes('..')) return [];
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const range = new Range(position.translate(0, folder.length - path.length), position);
  const entries = await list(Uri.joinPath(root.uri, folder));
  return (
    entries
      // A name with a line break would be more than a name in the file.
      .filter(([name]) => !HIDDEN.has(name) && lineWithSigns(name) === name)
      .map(([name, type]) => {
        const isFolder = type === FileType.Directory;
        const item = new CompletionItem(name, isFolder ? CompletionItemKind.Folder : CompletionItemKind.File);
        item.range = range;
        item.insertText = isFolder ? `${name}/` : name;
        if (isFolder) item.command = { command: 'editor.action.triggerSuggest', title: '' };
        return item;
      })
  );
}

export async function list(folder: Uri): Promise<readonly [string, FileType][]> {
  try {
    return await workspace.fs.readDirectory(folder);
  } catch {
    // Not a folder (yet): somebody is still typing.
    return [];
  }
}
