import type { DefinedRange } from '../../../core/retrieval/sourceText.ts';
import type { ChatCase } from '../../evalCase.ts';
import type { CaseSource } from '../../caseSource.ts';
import type { SourceFile } from '../../sourceFile.ts';
import { placeOf, type Workspace } from '../../workspace.ts';
import { docCommentOf } from '../docComment.ts';
import { docQuestion } from '../docCommentSource.ts';
import { isTelling } from '../nameForms.ts';
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
export function soleDefinitions(file: SourceFile, workspace: Workspace): readonly DefinedRange[] {
  if (file.isTest || !file.language) return [];
  return file.definitions.filter(({ name, line, end }) => {
    if (name.length < MIN_CHARS || !isTelling(name) || end - line + 1 < MIN_BODY_LINES) return false;
    return workspace.definitions(name).length === 1;
  });
}
