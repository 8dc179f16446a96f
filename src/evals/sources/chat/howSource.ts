import type { CaseSource } from '../../caseSource.ts';
import type { ChatCase } from '../../evalCase.ts';
import { placeOf } from '../../workspace.ts';
import { docQuestion } from '../docCommentSource.ts';
import { chatCase } from './chatCase.ts';
import { moodOf } from './docVerbs.ts';

const ID = 'chat-how';

/** Asks which code does what a doc comment says in its first sentence; the comment is hidden. */
export const howSource: CaseSource<ChatCase> = {
  id: ID,
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
          source: ID,
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
