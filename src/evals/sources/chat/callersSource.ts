import type { DefinedRange } from '../../../core/retrieval/sourceText.ts';
import type { ChatCase } from '../../evalCase.ts';
import type { CaseSource } from '../../caseSource.ts';
import type { SourceFile } from '../../sourceFile.ts';
import { placeOf, type DefinedPlace, type Workspace } from '../../workspace.ts';
import { chatCase } from './chatCase.ts';
import { soleDefinitions } from './definitionSources.ts';

const ID = 'chat-callers';
const MAX_CALLERS = 3;

/** Asks what calls a function; the answer has to name every caller. Nothing is asked when calls cannot be placed. */
export const callersSource: CaseSource<ChatCase> = {
  id: ID,
  label: 'What calls it?',
  casesIn: (file, workspace) =>
    soleDefinitions(file, workspace).flatMap((range): ChatCase[] => {
      const callers = isFunction(file, range) ? callersOf({ file, range }, workspace) : [];
      if (callers.length === 0 || callers.length > MAX_CALLERS) return [];
      return [
        chatCase(file, {
          source: ID,
          name: range.name,
          question: `Which functions call \`${range.name}\`?`,
          gold: callers.map(placeOf),
          mustMention: [...new Set(callers.map((caller) => caller.range.name))].filter(isSpoken),
        }),
      ];
    }),
};

/** Constructors are called by the name of their class. */
function isSpoken(name: string): boolean {
  return !/^(?:__\w+__|constructor|new|init)$/.test(name);
}

/** By its head: the name with its parameters. */
function isFunction({ lines }: SourceFile, { name, line }: DefinedRange): boolean {
  const head = lines[line] ?? '';
  const after = head.slice(head.indexOf(name) + name.length);
  return /^(?:<[^()]*>)?\s*\(/.test(after) && !/^\s*(?:class|interface|type)\b/.test(head);
}

/** Everything that calls it; empty when a call is outside of any definition, in a test, or in too many files. */
function callersOf(definition: DefinedPlace, workspace: Workspace): readonly DefinedPlace[] {
  const callers = new Map<string, DefinedPlace>();
  for (const file of workspace.fewUsers(definition.range.name) ?? []) {
    for (const line of callsIn(file, definition)) {
      const range = file.isTest ? undefined : enclosing(file, line);
      if (!range) return [];
      if (range.name !== definition.range.name) callers.set(`${file.path}:${range.line}`, { file, range });
    }
  }
  return [...callers.values()];
}

/** 0-based numbers of the lines that use the name in code, its own head aside. */
function callsIn(file: SourceFile, { file: home, range }: DefinedPlace): readonly number[] {
  const found: number[] = [];
  for (const [line, text] of file.lines.entries()) {
    if (!text.includes(range.name) || IMPORT.test(text) || (file === home && line === range.line)) continue;
    const at = wholeWord(text, range.name);
    if (at >= 0 && file.isCode(line, at)) found.push(line);
  }
  return found;
}

/** Where the text has the word by itself; -1 when it has it nowhere. */
function wholeWord(text: string, word: string): number {
  const isEdge = (at: number): boolean => !/[\p{L}\p{N}_$]/u.test(text.charAt(at));
  let at = text.indexOf(word);
  while (at >= 0 && !(isEdge(at - 1) && isEdge(at + word.length))) at = text.indexOf(word, at + 1);
  return at;
}

/** Lines that pass the name on and call nothing: imports and lists of exports. */
const IMPORT = /^\s*(?:import\b|export\s*(?:type\s*)?\{|export\s*\*|from\s|(?:pub\s+)?use\s|[\w$]+,?\s*$)/;

/** The smallest definition that `line` is inside of, not counting one that begins there. */
function enclosing({ definitions }: SourceFile, line: number): DefinedRange | undefined {
  return definitions.filter((range) => range.line < line && line <= range.end).at(-1);
}
