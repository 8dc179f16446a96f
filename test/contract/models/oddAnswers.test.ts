import { describe, expect, test } from 'vitest';
import { anthropicOver, C, data, END, fetchOf, openaiOver, tell } from './bodies.ts';

const TEA = C({ content: 'Green tea.' });
const openai = (...pieces: readonly string[]) => tell(openaiOver(fetchOf({ pieces }).fetch));
const anthropic = (...pieces: readonly string[]) => tell(anthropicOver(fetchOf({ pieces }).fetch));
const whole = { text: 'Green tea.', stopReason: 'stop', error: undefined };

describe('a side field does not break an answer:', () => {
  test.each([
    ['counts of other names', { input_tokens: 11, output_tokens: 5 }],
    ['nothing counted', {}],
    ['counts of null', { prompt_tokens: null, completion_tokens: null }],
    ['fractional counts', { prompt_tokens: 10.6, completion_tokens: 4.9 }],
    ['counts as texts', { prompt_tokens: '11', completion_tokens: '5' }],
    ['negative counts', { prompt_tokens: -1, completion_tokens: 5 }],
    ['a text', 'free'],
    ['a list', [11, 5]],
    ['odd details', { prompt_tokens: 11, completion_tokens: 5, prompt_tokens_details: 'none' }],
  ])('usage of %s', async (_, usage) => {
    expect(await openai(TEA, data({ choices: [], usage }), END)).toMatchObject(whole);
    expect(await openai(TEA, data({ choices: [{ index: 0, delta: {}, usage }] }), END)).toMatchObject(whole);
  });

  test.each([
    ['counts of other names', { choices: [], usage: { input_tokens: 11, output_tokens: 5 } }],
    ['in the choice', { choices: [{ index: 0, usage: { prompt_tokens: 11, completion_tokens: 5 } }] }],
    ['rounded', { choices: null, usage: { prompt_tokens: 11.2, completion_tokens: 4.6 } }],
    ['as texts', { choices: [], usage: { prompt_tokens: '11', completion_tokens: '5' } }],
    [
      'at a provider’s own place',
      { choices: [], x_groq: { usage: { prompt_tokens: 11, completion_tokens: 5 } } },
    ],
  ])('and what makes sense of usage is read: %s', async (_, event) => {
    const { parts } = await openai(TEA, data(event), END);
    expect(parts.findLast(({ type }) => type === 'usage')).toMatchObject({
      usage: { inputTokens: 11, outputTokens: 5 },
    });
  });

  test.each([
    ['no index', { choices: [{ delta: { content: 'Green tea.' } }] }],
    ['one choice and no list', { choices: { delta: { content: 'Green tea.' } } }],
    ['an index that is null', { choices: [{ index: null, delta: { content: 'Green tea.' } }] }],
    ['an index that is a text', { choices: [{ index: '0', delta: { content: 'Green tea.' } }] }],
    ['logprobs of any kind', { choices: [{ delta: { content: 'Green tea.' }, logprobs: 'off' }] }],
    [
      'a role and calls of null',
      { choices: [{ delta: { role: 7, content: 'Green tea.', tool_calls: null } }] },
    ],
    ['an error of null', { error: null, choices: [{ delta: { content: 'Green tea.' }, error: null }] }],
    [
      'a created of a text',
      { id: 7, created: 'now', model: null, choices: [{ delta: { content: 'Green tea.' } }] },
    ],
  ])('%s', async (_, event) => {
    expect(await openai(data(event), END)).toMatchObject(whole);
  });

  test.each([
    ['usage of null', { usage: null }],
    ['usage of texts', { usage: { input_tokens: '11' } }],
    ['fractional usage', { usage: { output_tokens: 5.5 } }],
    ['usage of a list', { usage: [] }],
    ['a context', { context_management: 7, usage: { input_tokens: null } }],
  ])('Anthropic: %s', async (_, more) => {
    const events = [
      data({ type: 'message_start', message: more }),
      data({ type: 'content_block_delta', index: '0', delta: { type: 'text_delta', text: 'Green tea.' } }),
      data({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, ...more }),
      data({ type: 'message_stop' }),
    ];
    expect(await anthropic(...events)).toMatchObject(whole);
  });
});

describe('content in another shape:', () => {
  const thinking = [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }];
  test.each([
    ['a list of parts', [{ type: 'text', text: 'Green tea.' }], ''],
    ['Mistral’s thoughts', [...thinking, { type: 'text', text: 'Green tea.' }], 'Hm.'],
    [
      'thoughts as a text',
      [
        { type: 'thinking', thinking: 'Hm.' },
        { type: 'text', text: 'Green tea.' },
      ],
      'Hm.',
    ],
    ['texts in a list', ['Green', ' tea.'], ''],
    ['one part', { type: 'text', text: 'Green tea.' }, ''],
    ['a part with a value', [{ type: 'output_text', text: { value: 'Green tea.', annotations: [] } }], ''],
    [
      'a reference',
      [
        { type: 'text', text: 'Green tea.' },
        { type: 'reference', reference_ids: [1] },
      ],
      '',
    ],
    ['Gemini’s thoughts', [{ text: 'Hm.', thought: true }, { text: 'Green tea.' }], 'Hm.'],
  ])('%s', async (_, content, reasoning) => {
    expect(await openai(C({ content }), END)).toMatchObject({ ...whole, reasoning });
  });

  test.each([
    ['reasoning_content', { reasoning_content: 'Hm.' }],
    ['reasoning', { reasoning: 'Hm.' }],
    ['reasoning of parts', { reasoning_content: [{ type: 'reasoning', text: 'Hm.' }] }],
    ['an odd reasoning', { reasoning: 7, reasoning_content: 'Hm.' }],
    ['thinking', { thinking: 'Hm.' }],
  ])('%s', async (_, delta) => {
    expect(await openai(C({ ...delta, content: null }), TEA, END)).toMatchObject({
      ...whole,
      reasoning: 'Hm.',
    });
  });

  const answer = {
    choices: [{ message: { role: 'assistant', content: 'Green tea.' }, finish_reason: 'stop' }],
  };
  test.each([
    ['as JSON', 'application/json', JSON.stringify(answer)],
    ['indented', 'application/json', `\n ${JSON.stringify(answer, null, 2)}\n`],
    ['without a type', '', JSON.stringify(answer)],
    ['named a stream', 'text/event-stream', JSON.stringify(answer)],
    [
      'without a reason',
      'application/json',
      JSON.stringify({ choices: [{ message: { content: 'Green tea.' } }] }),
    ],
    ['of a list', 'application/json', JSON.stringify([answer])],
    [
      'of parts',
      'application/json',
      JSON.stringify({ choices: [{ message: { content: [{ text: 'Green tea.' }] } }] }),
    ],
    [
      'a line for each event',
      'application/x-ndjson',
      [{ choices: [{ delta: { content: 'Green tea.' } }] }, answer]
        .map((each) => JSON.stringify(each))
        .join('\n'),
    ],
    ['in one event', 'text/event-stream', data(answer)],
  ])('a whole answer where a stream was asked for, %s', async (_, type, body) => {
    const { fetch } = fetchOf({ headers: { 'content-type': type }, pieces: Array.from(body) });
    expect(await tell(openaiOver(fetch))).toMatchObject(whole);
  });

  test.each([
    [
      'what a tool found',
      { type: 'web_search_tool_result', content: [{ type: 'text', text: 'Black tea.' }] },
    ],
    ['advice', { type: 'advisor_tool_result', content: { type: 'advisor_result', text: 'Black tea.' } }],
    ['what a server gave', { type: 'mcp_tool_result', content: [{ type: 'text', text: 'Black tea.' }] }],
    ['what a program printed', { type: 'code_execution_result', stdout: 'Black', content: 'Black tea.' }],
    ['a file', { type: 'text_editor_code_execution_tool_result', content: { content: 'Black tea.' } }],
    ['a call of the provider', { type: 'server_tool_use', input: {}, text: 'Black tea.' }],
    ['an earlier conversation in short', { type: 'compaction', content: 'They had black tea.' }],
  ])('a block that is not said by the model: %s', async (_, block) => {
    const said = { type: 'text', text: 'Green tea.' };
    const body = { type: 'message', role: 'assistant', content: [block, said], stop_reason: 'end_turn' };
    const headers = { 'content-type': 'application/json' };
    const { fetch } = fetchOf({ headers, pieces: [JSON.stringify(body)] });
    expect(await tell(anthropicOver(fetch))).toMatchObject(whole);
    const events = [
      data({ type: 'content_block_start', index: 0, content_block: block }),
      data({ type: 'content_block_delta', index: 0, delta: { ...block, type: `${block.type}_delta` } }),
      data({ type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } }),
      data({ type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'Green tea.' } }),
      data({ type: 'message_delta', delta: { stop_reason: 'end_turn' } }),
      data({ type: 'message_stop' }),
    ];
    expect(await anthropic(...events)).toMatchObject(whole);
    expect(await openai(C({ content: [block, said] }), END)).toMatchObject(whole);
  });

  test('a whole answer of Anthropic, with thoughts and a call', async () => {
    const body = {
      type: 'message',
      content: [
        { type: 'thinking', thinking: 'Hm.', signature: 'x' },
        { type: 'text', text: 'Green tea.' },
        { type: 'tool_use', id: 'call-1', name: 'pour', input: { cups: 2 } },
      ],
      stop_reason: 'tool_use',
      usage: { input_tokens: 11, output_tokens: 5 },
    };
    const told = await tell(
      anthropicOver(
        fetchOf({ headers: { 'content-type': 'application/json' }, pieces: [JSON.stringify(body)] }).fetch,
      ),
    );
    expect(told).toMatchObject({
      text: 'Green tea.',
      reasoning: 'Hm.',
      stopReason: 'tool',
      error: undefined,
    });
    expect(told.parts).toContainEqual({ type: 'tool-call', id: 'call-1', name: 'pour', input: { cups: 2 } });
  });

  test.each([
    [
      'the message repeated in the last chunk',
      [TEA, data({ choices: [{ delta: {}, message: { content: 'Green tea.' }, finish_reason: 'stop' }] })],
    ],
    [
      'the message repeated beside an empty delta',
      [TEA, data({ choices: [{ delta: null, message: { content: 'Green tea.' }, finish_reason: 'stop' }] })],
    ],
    ['the same reason twice', [TEA, END.replace('data: [DONE]\n\n', ''), END]],
  ])('nothing is shown twice: %s', async (_, pieces) => {
    expect(await openai(...pieces)).toMatchObject(whole);
  });

  test.each([7, true])('but %j is no content', async (content) => {
    expect((await openai(TEA, C({ content }), END)).error).toMatchObject({ problem: 'malformed' });
  });
});

describe('a stream of events as specified:', () => {
  test.each([
    ['data without anything', 'data:\n\ndata: \n\n', ''],
    ['an event without data', 'event: ping\n\n', ''],
    ['comments', ': hello\n\n:\n:::\n', ''],
    ['unknown fields', 'id: 7\nretry: 1000\nx\nfoo: bar\n\n', ''],
    ['a mark of the order of bytes', '\ufeff', ''],
    ['many empty lines', '\n\n\r\n\r\r\n', ''],
    ['an event that names itself a message', 'event: message\ndata: {"choices":[]}\n\n', ''],
    ['data over several lines', 'data: {"choices":\ndata: []}\n\n', ''],
  ])('%s', async (_, before, after) => {
    expect(await openai(before, TEA, before.replace('\ufeff', ''), END, after)).toMatchObject(whole);
    const bytes = Array.from(`${before}${TEA}${END}`);
    expect(await openai(...bytes)).toMatchObject(whole);
  });

  test.each([
    ['carriage returns', (text: string) => text.replaceAll('\n', '\r')],
    ['both', (text: string) => text.replaceAll('\n', '\r\n')],
    ['no blank behind the colon', (text: string) => text.replaceAll('data: ', 'data:')],
    ['no empty line at the end', (text: string) => text.trimEnd()],
    ['no empty lines at all', (text: string) => text.replaceAll('\n\n', '\n')],
  ])('%s', async (_, change) => {
    const text = change(TEA + END);
    expect(await openai(text)).toMatchObject(whole);
    expect(await openai(...Array.from(text))).toMatchObject(whole);
  });

  test.each([
    ['no names of events', (text: string) => text],
    ['names of events', (text: string) => text.replace(/data: (\{"type":"(\w+)")/g, 'event: $2\ndata: $1')],
    ['pings without data', (text: string) => text.replaceAll('data:', 'event: ping\n\ndata:')],
    ['names alone', (text: string) => text.replace(/data: \{"type":"(\w+)",?/g, 'event: $1\ndata: {')],
    ['carriage returns', (text: string) => text.replaceAll('\n', '\r\n')],
  ])('Anthropic with %s', async (_, change) => {
    const text = change(
      [
        { type: 'message_start', message: { usage: {} } },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Green tea.' } },
        { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
        { type: 'message_stop' },
      ]
        .map(data)
        .join(''),
    );
    expect(await anthropic(text)).toMatchObject(whole);
    expect(await anthropic(...Array.from(text))).toMatchObject(whole);
  });

  test.each([
    ['an error field', 'error: {"message":"the cup is empty"}\n\n'],
    ['an error field of words', 'error: the cup is empty\n\n'],
    ['an error line without data', '{"error":{"message":"the cup is empty"}}\n\n'],
    ['an error over several lines', '{\n  "error": {\n    "message": "the cup is empty"\n  }\n}\n'],
    ['an event of an error', 'event: error\ndata: {"message":"the cup is empty"}\n\n'],
    ['an event of an error in words', 'event: error\ndata: the cup is empty\n\n'],
  ])('%s', async (_, error) => {
    for (const ask of [openai, anthropic]) {
      const told = await ask(error);
      expect(told.error).toMatchObject({ code: 'model-request' });
      expect((told.error as Error).message).toContain('It says: the cup is empty.');
      expect((await ask(TEA, error)).error).toMatchObject({ code: 'model-request' });
    }
  });
});

describe('an end is an end:', () => {
  test.each([
    ...['stop', 'eos', 'EOS', 'end_turn', 'STOP', 'stop_sequence', 'COMPLETE', 'eos_token', 'stop_token'],
    ...['FINISH_REASON_STOP', 'finished', 'completed', 'end', 'done', 'stop sequence', 'END_TURN'],
  ])('%s is a whole answer', async (finish_reason) => {
    expect(await openai(TEA, C({}, { finish_reason }))).toMatchObject(whole);
  });

  test.each([
    ...['length', 'max_tokens', 'MAX_TOKENS', 'model_length', 'max_output_tokens', 'max_new_tokens'],
    ...['model_context_window_exceeded', 'MAX_LENGTH', 'FINISH_REASON_MAX_TOKENS'],
  ])('%s is the limit', async (finish_reason) => {
    expect(await openai(TEA, C({}, { finish_reason }))).toMatchObject({
      text: 'Green tea.',
      stopReason: 'length',
    });
  });

  test.each([
    'content_filter',
    'SAFETY',
    'refusal',
    'RECITATION',
    'PROHIBITED_CONTENT',
    'BLOCKLIST',
    'ERROR_TOXIC',
    'SPII',
  ])('%s is a filter', async (finish_reason) => {
    expect(await openai(TEA, C({}, { finish_reason }))).toMatchObject({ stopReason: 'filter' });
  });

  test.each(['tool_calls', 'tool_use', 'TOOL_CALL', 'tool_call', 'tools'])(
    '%s is a tool',
    async (finish_reason) => {
      expect(await openai(TEA, C({}, { finish_reason }))).toMatchObject({ stopReason: 'tool' });
    },
  );

  test.each([
    ['[DONE] without a reason', [TEA, 'data: [DONE]\n\n']],
    ['[DONE] without an empty line', [TEA, 'data: [DONE]']],
    [
      'a reason of null before [DONE]',
      [C({ content: 'Green tea.' }, { finish_reason: null }), 'data: [DONE]\n\n'],
    ],
    [
      'an empty reason before [DONE]',
      [C({ content: 'Green tea.' }, { finish_reason: '' }), 'data:[DONE]\n\n'],
    ],
    ['a reason with the last text', [C({ content: 'Green tea.' }, { finish_reason: 'stop' })]],
    ['a second [DONE]', [TEA, END, 'data: [DONE]\n\n']],
  ])('%s', async (_, pieces) => {
    expect(await openai(...pieces)).toMatchObject(whole);
  });

  test('a connection that stays open after the end', async () => {
    for (const end of [END, END.replace('data: [DONE]\n\n', '')]) {
      const fetch = () =>
        Promise.resolve(
          new Response(
            new ReadableStream({
              start: (controller) => {
                controller.enqueue(Buffer.from(TEA + end));
              },
            }),
            { headers: { 'content-type': 'text/event-stream' } },
          ),
        );
      expect(await tell(openaiOver(fetch))).toMatchObject(whole);
    }
  });

  test('but a stream that just ends is cut off', async () => {
    expect((await openai(TEA)).error).toMatchObject({ code: 'model-cut-off' });
    expect((await anthropic(data({ type: 'message_start' }))).error).toMatchObject({ code: 'model-cut-off' });
  });
});

describe('thoughts are not text:', () => {
  test.each([
    ['<think>', ['<think>Perhaps [9]?</think>', 'Green tea.']],
    ['tags cut over chunks', ['<thi', 'nk>Perhaps', ' [9]?</th', 'ink>Green tea.']],
    ['only the end', ['Perhaps [9]?', '</think>', 'Green tea.']],
    [
      'Harmony',
      [
        '<|channel|>analysis<|message|>Perhaps [9]?<|end|>',
        '<|start|>assistant<|channel|>final<|message|>Green tea.',
      ],
    ],
    ['[THINK]', ['[THINK]Perhaps [9]?[/THINK]Green tea.']],
    ['◁think▷', ['◁think▷Perhaps [9]?◁/think▷Green', ' tea.']],
  ])('%s', async (_, texts) => {
    const told = await openai(...texts.map((content) => C({ content })), END);
    expect(told).toMatchObject({ ...whole, reasoning: 'Perhaps [9]?' });
  });

  test('what a model has shown once is held back the next time', async () => {
    const pieces = ['Perhaps [9]?', '</think>', 'Green tea.'].map((content) => C({ content }));
    const model = openaiOver(fetchOf({ pieces: [...pieces, END] }).fetch);
    expect((await tell(model)).parts.map(({ type }) => type)).toContain('retract');
    const { parts, text } = await tell(model);
    expect(parts.map(({ type }) => type)).not.toContain('retract');
    expect(text).toBe('Green tea.');
  });
});
