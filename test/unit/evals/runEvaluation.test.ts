import { afterEach, describe, expect, test, vi } from 'vitest';
import type { EvaluationProgress } from '../../../src/evals/evaluation.ts';
import { evaluationSchema } from '../../support/evaluationSchema.ts';
import { evaluate } from './evaluationFixture.ts';

/** Names that make fifty different files, each with a doc comment, a use of its neighbour and repeated code. */
const ANIMALS = 'otter heron badger lynx marten stoat falcon plover weasel ibis'.split(' ');
const VERBS = ['feed', 'weigh', 'groom', 'count', 'move'];
const texts = Object.fromEntries(
  VERBS.flatMap((verb, v) =>
    ANIMALS.map((animal, a) => {
      const name = `${verb}Every${animal[0]!.toUpperCase()}${animal.slice(1)}`;
      const next = ANIMALS[(a + 1) % ANIMALS.length]!;
      const neighbour = `${verb}Every${next[0]!.toUpperCase()}${next.slice(1)}`;
      return [
        `src/${animal}/${verb}.ts`,
        `import { ${neighbour} } from '../${next}/${verb}.ts';

/** Keeps the keeper of the ${animal} enclosure busy with ${verb}ing duties on day ${v}. */
export function ${name}(keeper: Keeper, enclosure: Enclosure): Report {
  const animals = enclosure.residents.filter((each) => each.kind === '${animal}');
  for (const animal of animals) keeper.${verb}(animal, enclosure.schedule);
  if (animals.length === 0) return ${neighbour}(keeper, enclosure.next);
  return { keeper: keeper.name, enclosure: enclosure.name, count: animals.length };
}
`,
      ] as const;
    }),
  ),
);

afterEach(() => {
  vi.restoreAllMocks();
});

describe('runEvaluation', () => {
  test('asks and completes as many cases as wanted and sums them up', async () => {
    const { retrieval, completion, files, copies } = await evaluate(texts);
    expect({ files, copies }).toEqual({ files: 50, copies: [] });
    expect(retrieval?.outcomes).toHaveLength(40);
    expect(completion?.outcomes).toHaveLength(40);
    expect(retrieval?.remark).toBeNull();
    const names = retrieval?.summary.groups['Kind of question']?.find(({ name }) => name.startsWith('Name'));
    expect(names?.scores.find(({ metric }) => metric === 'hit@10')?.value).toBe(1);
    const shown = completion?.outcomes.filter(({ isExact }) => isExact) ?? [];
    expect(shown.length).toBeGreaterThan(5);
  });

  test('gives the same result for the same seed and other cases for another', async () => {
    const first = await evaluate(texts);
    expect(await evaluate(texts)).toEqual(first);
    const ids = ({ retrieval }: typeof first) => retrieval?.outcomes.map(({ id }) => id);
    expect(ids(await evaluate(texts, { seed: 2 }))).not.toEqual(ids(first));
  });

  test('survives being stored as JSON', async () => {
    const evaluation = await evaluate(texts, { cases: 8 });
    expect(evaluationSchema.parse(JSON.parse(JSON.stringify(evaluation)))).toEqual(evaluation);
    expect(evaluationSchema.safeParse({ ...evaluation, format: 2 }).success).toBe(false);
  });

  test('runs the suites asked for only', async () => {
    const evaluation = await evaluate(texts, { suites: ['completion'], cases: 4 });
    expect(evaluation.retrieval).toBeNull();
    expect(evaluation.completion?.outcomes).toHaveLength(4);
  });

  test('says when a workspace has too few cases, or none', async () => {
    const [[path, text] = ['', '']] = Object.entries(texts);
    const few = await evaluate({ [path]: text });
    expect(few.retrieval?.remark).toMatch(/^Only 1 question could be made/);
    const none = await evaluate({ 'notes.md': '# Notes\n' });
    expect(none.retrieval).toMatchObject({
      outcomes: [],
      remark: expect.stringMatching(/^No question/) as string,
    });
    expect(none.completion).toMatchObject({
      outcomes: [],
      remark: expect.stringMatching(/^No line/) as string,
    });
  });

  test('reports every phase from its first to its last step', async () => {
    const seen: EvaluationProgress[] = [];
    await evaluate(texts, { cases: 4, onProgress: (progress) => seen.push(progress) });
    expect([...new Set(seen.map(({ phase }) => phase))]).toEqual([
      'reading',
      'choosing',
      'indexing',
      'asking',
      'learning',
      'completing',
    ]);
    expect(seen.findLast(({ phase }) => phase === 'asking')).toMatchObject({ done: 4, total: 4 });
  });

  test('lets other work run between its steps', async () => {
    // Every look at the time finds that a slice is used up.
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 20));
    const turns = vi.spyOn(globalThis, 'setImmediate');
    await evaluate(texts, { cases: 8 });
    const steps = 5 * Object.keys(texts).length + 2 * 8;
    expect(turns.mock.calls.length).toBeGreaterThan(steps);
  });

  test.each(['reading', 'indexing', 'asking', 'learning', 'completing'] as const)(
    'stops when cancelled while %s',
    async (phase) => {
      const controller = new AbortController();
      const onProgress = (progress: EvaluationProgress): void => {
        if (progress.phase === phase) controller.abort();
      };
      await expect(evaluate(texts, { signal: controller.signal, onProgress })).rejects.toThrow(/abort/i);
    },
  );
});
