import type { DefinedRange } from '../../../core/retrieval/sourceText.ts';
import { type CaseSource, type DefinedPlace, placeOf, type Workspace } from '../../workspace.ts';
import type { ChatCase } from '../../evalCase.ts';
import type { SourceFile } from '../../sourceFile.ts';
import { docCommentOf } from '../docComment.ts';
import { docQuestion, isTelling } from '../docCommentSource.ts';
import { chatCase, whatQuestion } from './chatCase.ts';

const WHERE = 'chat-where';

/** Asks where a name is defined. */
export const whereSource: CaseSource<ChatCase> = {
  id: WHERE,
  label: 'Where is it defined?',
  casesIn: (file, workspace) =>
    soleDefinitions(file, workspace).map((range) =>
      chatCase(file, {
        source: WHERE,
        name: range.name,
        question: `Where is \`${range.name}\` defined?`,
        gold: [placeOf({ file, range })],
      }),
    ),
};

const WHAT = 'chat-what';

/** Asks what something documented does. The comment stays, as it is part of the answer. */
export const whatSource: CaseSource<ChatCase> = {
  id: WHAT,
  label: 'What does it do?',
  casesIn: (file, workspace) =>
    soleDefinitions(file, workspace).flatMap((range): ChatCase[] => {
      const comment = docCommentOf(file, range);
      if (!comment) return [];
      const startLine = Math.min(comment.startLine, range.line + 1);
      return [
        chatCase(file, {
          source: WHAT,
          name: range.name,
          question: whatQuestion(range.name),
          gold: [{ path: file.path, startLine, endLine: range.end + 1 }],
        }),
      ];
    }),
};

const HOW = 'chat-how';

/** Asks which code does what a doc comment says in its first sentence; the comment is hidden. */
export const howSource: CaseSource<ChatCase> = {
  id: HOW,
  label: 'Which code does this?',
  casesIn: (file) => {
    if (file.isTest) return [];
    return file.definitions.flatMap((range): ChatCase[] => {
      const asked = docQuestion(file, range);
      const question = asked && questionOf(asked.sentence);
      if (!asked || question === undefined) return [];
      const { startLine, endLine } = asked.comment;
      return [
        chatCase(file, {
          source: HOW,
          name: range.name,
          question,
          gold: [placeOf({ file, range })],
          hides: [{ path: file.path, lines: { startLine, endLine } }],
        }),
      ];
    });
  },
};

/** `undefined` for a sentence that does not begin with what is done. */
function questionOf(sentence: string): string | undefined {
  const mood = moodOf(sentence);
  if (mood === undefined) return undefined;
  const rest = sentence.charAt(0).toLowerCase() + sentence.slice(1);
  return mood === 'telling' ? `Which code ${rest}?` : `Where do we ${rest}?`;
}

/** Verbs that the first sentences of doc comments begin with. */
const VERBS = `add apply append assert attach build calculate cancel check clear clone close collect combine compare
compile compute configure connect construct convert copy count create decode decorate delete describe detach detect
determine disable dispatch divide draw drop emit enable encode ensure escape evaluate execute expand export extract fetch
fill filter find flatten format generate get group hide implement import infer initialize insert inspect install invoke
iterate join listen load locate look make map mark measure merge modify move multiply normalize notify open parse perform
prepare prevent print produce provide push put query read rebuild receive record reduce register release remove rename
render repeat replace report reset resolve restore retrieve return revert rewrite rotate run save scale schedule search
select send serialize set show simplify skip solve sort split start stop store strip subscribe substitute swap take
tokenize track transform translate traverse trim unwrap update validate verify visit wait walk wrap write yield`;

const BASES = new Set(VERBS.split(/\s+/));

/** How a sentence says what something does: `Returns the sum`, `Return the sum`, or neither. */
function moodOf(sentence: string): 'telling' | 'asking' | undefined {
  const [word = ''] = /^\p{L}+(?=\s)/u.exec(sentence.toLowerCase()) ?? [];
  if (BASES.has(word)) return 'asking';
  const base = /(?:[sxz]|ch|sh)es$/.test(word) && BASES.has(word.slice(0, -2)) ? -2 : -1;
  const isTelling = word.endsWith('s') && BASES.has(word.slice(0, base));
  return isTelling || BASES.has(word.replace(/ies$/, 'y')) ? 'telling' : undefined;
}

const MIN_CHARS = 6;
const MIN_BODY_LINES = 3;

/** The definitions of a file whose name can be asked for: it means one thing in the whole workspace. */
function soleDefinitions(file: SourceFile, workspace: Workspace): readonly DefinedRange[] {
  if (file.isTest || !file.language) return [];
  return file.definitions.filter(({ name, line, end }) => {
    if (name.length < MIN_CHARS || !isTelling(name) || end - line + 1 < MIN_BODY_LINES) return false;
    return workspace.definitions(name).length === 1;
  });
}

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
