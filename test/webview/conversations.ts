import type { AnswerMessage, ChatMessage, LocatedCitation } from '../../src/core/ports/chatMessage.ts';

export function user(text: string, id = 'q'): ChatMessage {
  return { role: 'user', id, text };
}

export function assistant(text: string, rest: Partial<AnswerMessage> = {}): AnswerMessage {
  const parts: AnswerMessage['parts'] = text === '' ? [] : [{ type: 'text', text }];
  return { role: 'assistant', id: 'a', parts, citations: [], notices: [], note: '', state: 'done', ...rest };
}

export function cite(number: number, path: string, startLine: number, endLine: number): LocatedCitation {
  return { number, root: '/work/shop', path, startLine, endLine };
}

const answer = `Configuration is read **once**, when the server starts. \`loadConfig\` merges three layers, the last one wins: [1]

1. the defaults next to the code
2. \`shop.config.json\` in the working directory
3. environment variables that start with \`SHOP_\` [2]

\`\`\`ts
/** Later layers win. */
export async function loadConfig(root: string): Promise<Config> {
  const file = await readJson(join(root, 'shop.config.json'));
  return schema.parse({ ...defaults, ...file, ...fromEnvironment('SHOP_', 8080) });
}
\`\`\`

| layer | example |
|---|---|
| defaults | \`port: 3000\` |
| environment | \`SHOP_PORT=8080\` |

A value that does not fit the schema stops the start with a message that names the key [1][3].`;

/** A conversation with everything an answer can show. */
export const richConversation: readonly ChatMessage[] = [
  user('How is configuration loaded?', 'q1'),
  assistant(answer, {
    id: 'a1',
    citations: [
      cite(1, 'src/config/loadConfig.ts', 12, 31),
      cite(2, 'src/config/fromEnvironment.ts', 4, 4),
      cite(3, 'packages/validation/src/errors/describeSchemaProblem.ts', 120, 148),
    ],
    note: 'Quoted from your code, no model used. All sources checked against your files.',
  }),
  user('And where is it tested?', 'q2'),
];
