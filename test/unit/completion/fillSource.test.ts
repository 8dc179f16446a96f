import { describe, expect, test } from 'vitest';
import { createFillSource, fillRequest } from '../../../src/core/completion/fillSource.ts';
import { cursorLine } from '../../../src/core/completion/cursorSite.ts';
import type { CompletionRequest, Proposal } from '../../../src/core/ports/completionSource.ts';
import type { FillRequest, ModelPart } from '../../../src/core/ports/models.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { at } from './modelOf.ts';

const usage = { inputTokens: 11, outputTokens: 7 };

/** A source whose model says these texts, one part each, and then why it stopped. */
function scripted(texts: readonly string[], stopReason: 'stop' | 'length' = 'stop') {
  const clock = new FakeClock(0);
  const asked: FillRequest[] = [];
  let taken = 0;
  const source = createFillSource({
    load: () =>
      Promise.resolve({
        id: 'compatible:m',
        endpoint: 'localhost',
        // eslint-disable-next-line @typescript-eslint/require-await -- waits for nothing
        async *complete(request): AsyncGenerator<ModelPart> {
          asked.push(request);
          for (const text of texts) {
            clock.advance(100);
            taken++;
            yield { type: 'text', text };
          }
          yield { type: 'usage', usage };
          yield { type: 'done', stopReason };
        },
      }),
    maySend: (path) => Promise.resolve(path !== 'ignored.ts'),
    now: () => clock.now(),
  });
  const propose = async (request: CompletionRequest) => {
    const proposals: Proposal[] = [];
    for await (const proposal of source.propose(request, new AbortController().signal))
      proposals.push(proposal);
    return proposals;
  };
  return { propose, asked, taken: () => taken };
}

const textsOf = (proposals: readonly Proposal[]) => proposals.map(({ edit }) => edit.changes[0].text);

describe('a model that fills in the middle, as a source', () => {
  test('proposes the line and then the block, and reads no further', async () => {
    const { propose, taken } = scripted(['{\n', '  start();\n', '}\n', 'more();\n', 'and more']);
    const proposals = await propose(at('a.ts', 'if (ready) |\nend();'));
    expect(textsOf(proposals)).toEqual(['{', '{\n  start();\n}']);
    expect(taken()).toBe(3);
  });

  test('says what made the text, with what the call took when it came to its end', async () => {
    const [proposal] = await scripted(['start(', 'engine);']).propose(at('a.ts', 'if (ready) |'));
    expect(proposal).toEqual({
      edit: {
        path: 'a.ts',
        kind: 'insertion',
        changes: [{ startOffset: 11, endOffset: 11, text: 'start(engine);' }],
      },
      confidence: expect.any(Number) as number,
      provenance: {
        source: 'model',
        model: 'compatible:m',
        settings: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
        latencyMs: 200,
        usage,
      },
    });
  });

  test('is silent about a line that was cut short', async () => {
    expect(await scripted(['start(eng'], 'length').propose(at('a.ts', 'if (ready) |'))).toEqual([]);
  });

  test('continues the item that is selected in the suggest widget', async () => {
    const { propose, asked } = scripted(['(engine);']);
    const selected = { startOffset: 5, endOffset: 7, text: 'start' };
    const proposals = await propose({ path: 'a.ts', text: 'this.st', offset: 7, selected });
    expect(asked[0]?.prefix).toBe('this.start');
    expect(proposals[0]?.edit.changes).toEqual([{ startOffset: 5, endOffset: 7, text: 'start(engine);' }]);
  });

  test.each([
    ['in the middle of a word', 'a.ts', 'st|art'],
    ['in a file that holds credentials', '.env', 'KEY=|'],
    ['in a file that must not be sent', 'ignored.ts', 'x = |'],
  ])('asks nothing %s', async (_, path, marked) => {
    const { propose, asked } = scripted(['x']);
    expect(await propose(at(path, marked))).toEqual([]);
    expect(asked).toEqual([]);
  });

  test.each([
    ['blank text', '   '],
    ['a lone bracket', ')'],
    ['a key', '"sk-abcdefghijklmnop1234";'],
  ])('does not propose %s', async (_, text) => {
    expect(await scripted([text]).propose(at('a.ts', 'const key = |'))).toEqual([]);
  });

  test('is silent when the model cannot fill in the middle', async () => {
    const source = createFillSource({
      load: () => Promise.resolve(undefined),
      maySend: () => Promise.resolve(true),
      now: () => 0,
    });
    const proposals = source.propose(at('a.ts', 'x = |'), new AbortController().signal);
    expect(await proposals[Symbol.asyncIterator]().next()).toMatchObject({ done: true });
  });
});

describe('the request', () => {
  const lines = (count: number, word: string) => `${word}\n`.repeat(count);
  const budget = { characters: 100, prefixShare: 0.7, maxOutputTokens: 9 };
  const request = (before: string, after: string) =>
    fillRequest('a.ts', cursorLine(before + after, before.length), budget);

  test('holds whole lines within the budget, most of them before the cursor', () => {
    const { prefix, suffix, maxOutputTokens } = request(
      `${lines(50, 'above')}x = `,
      `;\n${lines(50, 'below')}`,
    );
    expect(prefix).toBe(`${lines(11, 'above')}x = `);
    expect(suffix).toBe(`;\n${lines(4, 'below')}`);
    expect(maxOutputTokens).toBe(9);
  });

  test('gives to one side what the other does not need', () => {
    expect(request('x = ', `;\n${lines(50, 'below')}`).suffix).toHaveLength(92);
    expect(request(`${lines(50, 'above')}x = `, ';\n').prefix).toHaveLength(94);
    expect(request('x = ', ';\n')).toMatchObject({ prefix: 'x = ', suffix: ';\n' });
  });

  test('cuts a line that is too long', () => {
    const { prefix, suffix } = request('a'.repeat(500), 'b'.repeat(500));
    expect([prefix.length, suffix.length]).toEqual([70, 30]);
  });
});
