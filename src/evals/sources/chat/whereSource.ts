import type { CaseSource } from '../../caseSource.ts';
import type { ChatCase } from '../../evalCase.ts';
import { placeOf } from '../../workspace.ts';
import { chatCase } from './chatCase.ts';
import { soleDefinitions } from './soleDefinitions.ts';

const ID = 'chat-where';

/** Asks where a name is defined. */
export const whereSource: CaseSource<ChatCase> = {
  id: ID,
  label: 'Where is it defined?',
  casesIn: (file, workspace) =>
    soleDefinitions(file, workspace).map((range) =>
      chatCase(file, {
        source: ID,
        name: range.name,
        question: `Where is \`${range.name}\` defined?`,
        gold: [placeOf({ file, range })],
      }),
    ),
};
