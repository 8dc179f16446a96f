import type { CaseSource } from '../../caseSource.ts';
import type { ChatCase } from '../../evalCase.ts';
import { docCommentOf } from '../docComment.ts';
import { chatCase } from './chatCase.ts';
import { soleDefinitions } from './soleDefinitions.ts';
import { whatQuestion } from './whatQuestion.ts';

const ID = 'chat-what';

/** Asks what something documented does. The comment stays, as it is part of the answer. */
export const whatSource: CaseSource<ChatCase> = {
  id: ID,
  label: 'What does it do?',
  casesIn: (file, workspace) =>
    soleDefinitions(file, workspace).flatMap((range): ChatCase[] => {
      const comment = docCommentOf(file, range);
      if (!comment) return [];
      const startLine = Math.min(comment.startLine, range.line + 1);
      return [
        chatCase(file, {
          source: ID,
          name: range.name,
          question: whatQuestion(range.name),
          gold: [{ path: file.path, startLine, endLine: range.end + 1 }],
        }),
      ];
    }),
};
