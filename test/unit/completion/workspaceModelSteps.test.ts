import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runToCompletion } from '../../../src/core/async/incremental.ts';
import { WorkspaceModel } from '../../../src/core/completion/workspaceModel.ts';
import { segmentOf } from '../../support/segmentOf.ts';
import { at } from './modelOf.ts';

/** More than 4096 tokens for each 400 lines. */
const textOf = (name: string, lines: number): string =>
  Array.from({ length: lines }, (_, line) => `store.put(${name}, compute(first${line}), second);\n`).join('');

function steps(model: WorkspaceModel, path: string, text: string): Generator<void> {
  const segment = segmentOf({ [path]: text });
  const [file] = segment.files;
  if (file === undefined) throw new Error('a segment without its file');
  return model.addFileIncrementally(segment, file);
}

const REQUEST = at('z.ts', 'store.put(|');
const answers = (model: WorkspaceModel) =>
  model.rate(REQUEST).map(({ text, confidence }) => ({ text, confidence }));
const names = (model: WorkspaceModel) =>
  [...new Set(model.rate(REQUEST).map(({ text }) => /^\w+/.exec(text)?.[0]))].toSorted();

describe('a file that is added in steps', () => {
  it('has the earlier version complete lines until it is there as a whole', () => {
    const model = new WorkspaceModel({ threshold: 0 });
    runToCompletion(steps(model, 'a.ts', textOf('apple', 3)));
    const { tokenCount } = model;
    const adding = steps(model, 'a.ts', textOf('berry', 2000));
    let count = 0;
    while (adding.next().done !== true) {
      if (names(model).includes('berry')) continue;
      count++;
      expect([names(model), model.tokenCount]).toEqual([['apple'], tokenCount]);
    }
    expect(count).toBeGreaterThan(4);
    expect(names(model)).toEqual(['berry']);
  });

  it('is gone when it is removed in the middle of it', () => {
    const model = new WorkspaceModel({ threshold: 0 });
    const adding = steps(model, 'a.ts', textOf('apple', 2000));
    adding.next();
    adding.next();
    expect(model.removeFile('a.ts')).toBe(true);
    runToCompletion(adding);
    expect([model.tokenCount, names(model)]).toEqual([0, []]);
  });
});

it('cleans in steps too: none moves a large file at once', () => {
  const model = new WorkspaceModel({ threshold: 0 });
  runToCompletion(steps(model, 'kept.ts', `${textOf('kept', 2000)}finale(kept);\n`));
  runToCompletion(steps(model, 'hot.ts', textOf('hot', 8000)));
  const removing = model.removeFileIncrementally('hot.ts');
  let count = 0;
  const finale = () => model.rate(at('z.ts', 'finale(|')).map(({ text }) => text);
  for (; removing.next().done !== true; count++) expect(finale()).toEqual(['kept);']);
  expect(count).toBeGreaterThan(4);
  expect(finale()).toEqual(['kept);']);
});

it('gives what whole additions and removals give, however their steps meet', () => {
  const change = fc.record({
    path: fc.constantFrom('a.ts', 'b.ts', 'c.ts'),
    name: fc.constantFrom('apple', 'berry', 'cherry'),
    lines: fc.constantFrom(0, 1, 5, 900, 2000),
    /** Steps before the next change comes; `null` for a removal. */
    steps: fc.option(fc.nat(6)),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      const stepwise = new WorkspaceModel({ threshold: 0 });
      const whole = new WorkspaceModel({ threshold: 0 });
      const open: Generator<void>[] = [];
      for (const { path, name, lines, steps: most } of changes) {
        if (most === null) {
          expect(stepwise.removeFile(path)).toBe(whole.removeFile(path));
          continue;
        }
        const adding = steps(stepwise, path, textOf(name, lines));
        adding.next();
        for (let step = 0; step < most; step++) adding.next();
        open.push(adding);
        runToCompletion(steps(whole, path, textOf(name, lines)));
      }
      for (const adding of open) runToCompletion(adding);
      expect(answers(stepwise)).toEqual(answers(whole));
      expect(stepwise.tokenCount).toBe(whole.tokenCount);
    }),
    { numRuns: 25 },
  );
});
