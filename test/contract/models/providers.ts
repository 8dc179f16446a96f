import { createAnthropicChatModel } from '../../../src/adapters/anthropic/anthropicChatModel.ts';
import { createOpenaiChatModel } from '../../../src/adapters/openai/openaiChatModel.ts';
import {
  type ChatModel,
  type ChatRequest,
  type ModelPart,
  textMessage,
} from '../../../src/core/ports/models.ts';
import { parseModelEndpoint } from '../../../src/core/models/modelEndpoint.ts';
import { anthropicWire, openaiWire, type ModelWire } from '../../support/modelWire.ts';

export const KEY = 'sk-test-0123456789abcdef';

export interface Settings {
  readonly apiKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly now?: () => number;
  readonly maxResponseBytes?: number;
}

export interface Provider {
  readonly name: string;
  readonly wire: ModelWire;
  /** `url` is the server's root. */
  readonly create: (url: string, settings?: Settings) => ChatModel;
}

const withKey = (settings: Settings | undefined) => ({ apiKey: KEY, model: 'model-1', ...settings });

/** Every adapter must pass every test of the contract. */
export const providers: readonly Provider[] = [
  {
    name: 'OpenAI',
    wire: openaiWire,
    create: (url, settings) =>
      createOpenaiChatModel({ endpoint: parseModelEndpoint(`${url}/v1`), ...withKey(settings) }),
  },
  {
    name: 'Anthropic',
    wire: anthropicWire,
    create: (url, settings) =>
      createAnthropicChatModel({ endpoint: parseModelEndpoint(url), ...withKey(settings) }),
  },
];

export const question: ChatRequest = {
  messages: [textMessage('system', 'Be brief.'), textMessage('user', 'What is this?')],
  maxOutputTokens: 100,
};

/** Everything that a stream yields, and the error that ended it. */
export async function collect(
  stream: AsyncIterable<ModelPart>,
): Promise<{ readonly text: string; readonly parts: readonly ModelPart[]; readonly error: unknown }> {
  const parts: ModelPart[] = [];
  let error: unknown;
  try {
    for await (const part of stream) parts.push(part);
  } catch (thrown) {
    error = thrown;
  }
  const text = parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
  return { text, parts, error };
}
