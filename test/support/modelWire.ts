/** The text of an answer as events on the wire. */
export interface ModelWire {
  /** What comes before the first text. */
  readonly opening: string;
  text(text: string): string;
  /** Reason and counts; without `usage`, none are sent. */
  closing(options?: { readonly reason?: string; readonly usage?: boolean }): string;
  /** An error in the middle of a stream. */
  error(type: string, message: string): string;
  /** Body of a refusal. */
  errorBody(type: string, message: string): string;
  /** Pieces of what a model reasons. */
  reasoning(text: string): string;
  /** A call of a tool, its input in as many pieces. `index` counts the blocks of the answer. */
  toolCall(index: number, id: string, name: string, ...json: readonly string[]): string;
  /** The reason to end when a tool is to be called. */
  readonly toolReason: string;
  /** Lines that carry nothing: comments, pings, unknown events. */
  readonly noise: readonly string[];
  /** The address of a chat, below the server's root. */
  readonly path: string;
}

const data = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const chunk = (fields: object) =>
  data({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm', ...fields });
const choice = (delta: object, reason: string | null = null) =>
  chunk({ choices: [{ index: 0, delta, logprobs: null, finish_reason: reason }] });

/** Chat completions of OpenAI. Usage: 11 tokens in, 4 of them cached, 7 out. */
export const openaiWire: ModelWire = {
  opening: choice({ role: 'assistant', content: '' }),
  text: (text) => choice({ content: text }),
  closing({ reason = 'stop', usage = true } = {}) {
    const counts = { prompt_tokens: 11, completion_tokens: 7, prompt_tokens_details: { cached_tokens: 4 } };
    return `${choice({}, reason)}${usage ? chunk({ choices: [], usage: counts }) : ''}data: [DONE]\n\n`;
  },
  error: (type, message) => data({ error: { type, code: type, message } }),
  errorBody: (type, message) => JSON.stringify({ error: { message, type, param: null, code: type } }),
  reasoning: (text) => choice({ reasoning_content: text }),
  toolCall: (index, id, name, ...json) =>
    [
      choice({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] }),
      ...json.map((piece) => choice({ tool_calls: [{ index, function: { arguments: piece } }] })),
    ].join(''),
  toolReason: 'tool_calls',
  noise: [
    ': keep-alive\n\n',
    data({ object: 'vendor.progress', percent: 3 }),
    chunk({ choices: [{ index: 1, delta: { content: 'another choice' }, finish_reason: null }] }),
  ],
  path: '/v1/chat/completions',
};

/** Completions of OpenAI, as for filling in the middle. */
export const completionsWire: ModelWire = {
  ...openaiWire,
  opening: '',
  text: (text) => chunk({ object: 'text_completion', choices: [{ index: 0, text, finish_reason: null }] }),
  path: '/v1/completions',
};

const event = (fields: { readonly type: string; readonly [field: string]: unknown }) =>
  `event: ${fields.type}\n${data(fields)}`;
const started = (usage: object) =>
  event({
    type: 'message_start',
    message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [], usage },
  });

/** Messages of Anthropic, with the same counts. */
export const anthropicWire: ModelWire = {
  opening:
    started({
      input_tokens: 5,
      cache_read_input_tokens: 4,
      cache_creation_input_tokens: 2,
      output_tokens: 1,
    }) + event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
  text: (text) => event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
  closing: ({ reason = 'end_turn', usage = true } = {}) =>
    event({ type: 'content_block_stop', index: 0 }) +
    event({
      type: 'message_delta',
      delta: { stop_reason: reason, stop_sequence: null },
      ...(usage ? { usage: { output_tokens: 7 } } : {}),
    }) +
    event({ type: 'message_stop' }),
  error: (type, message) => event({ type: 'error', error: { type, message } }),
  errorBody: (type, message) => JSON.stringify({ type: 'error', error: { type, message } }),
  reasoning: (text) =>
    event({ type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: text } }),
  toolCall: (index, id, name, ...json) =>
    [
      event({ type: 'content_block_start', index, content_block: { type: 'tool_use', id, name, input: {} } }),
      ...json.map((piece) =>
        event({
          type: 'content_block_delta',
          index,
          delta: { type: 'input_json_delta', partial_json: piece },
        }),
      ),
      event({ type: 'content_block_stop', index }),
    ].join(''),
  toolReason: 'tool_use',
  noise: [
    ': keep-alive\n\n',
    event({ type: 'ping' }),
    event({ type: 'vendor_progress', percent: 3 }),
    event({
      type: 'content_block_delta',
      index: 1,
      delta: { type: 'signature_delta', signature: 'x' },
    }),
  ],
  path: '/v1/messages',
};
