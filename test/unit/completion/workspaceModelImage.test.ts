import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runToCompletion } from '../../../src/core/async/incremental.ts';
import { WorkspaceModel } from '../../../src/core/completion/workspaceModel.ts';
import { segmentOf } from '../../support/segmentOf.ts';
import { textOfImage, throughImage } from '../../support/throughImage.ts';
import { at } from './modelOf.ts';

interface Change {
  readonly path: string;
  readonly name: string;
  /** `null` removes the file. */
  readonly lines: number | null;
}

const change: fc.Arbitrary<Change> = fc.record({
  path: fc.constantFrom('a.ts', 'b.ts', 'c.ts'),
  name: fc.constantFrom('apple', 'berry', 'cherry'),
  // The longest makes the log clean itself once it is replaced.
  lines: fc.option(fc.constantFrom(0, 1, 5, 900, 6000)),
});

function apply(model: WorkspaceModel, { path, name, lines }: Change): void {
  if (lines === null) {
    model.removeFile(path);
    return;
  }
  const text = Array.from(
    { length: lines },
    (_, line) => `store.put(${name}, compute(first${line}), second);\n`,
  );
  const segment = segmentOf({ [path]: text.join('') });
  for (const file of segment.files) model.addFile(segment, file);
}

const restoredOf = (model: WorkspaceModel) =>
  new WorkspaceModel(
    { threshold: 0 },
    throughImage((image) => model.saveIncrementally(image)),
  );

const REQUESTS = ['store.put(|', 'store.put(apple, |', 'compute(fir|'].map((text) => at('z.ts', text));
const answers = (model: WorkspaceModel) => [
  model.tokenCount,
  ...REQUESTS.map((request) => model.rate(request).map(({ text, confidence }) => ({ text, confidence }))),
];

test('what comes back completes as what was saved, and goes on so through further changes', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), fc.array(change, { maxLength: 4 }), (before, after) => {
      const model = new WorkspaceModel({ threshold: 0 });
      for (const one of before) apply(model, one);
      const restored = restoredOf(model);
      expect(answers(restored)).toEqual(answers(model));
      for (const one of after) {
        apply(model, one);
        apply(restored, one);
      }
      runToCompletion(restored.fetchIncrementally());
      expect(answers(restored)).toEqual(answers(model));
      expect(answers(restoredOf(restored))).toEqual(answers(model));
    }),
    { numRuns: 15 },
  );
});

test('an image holds no word that was only typed, or stood in a file that is gone', () => {
  const model = new WorkspaceModel({ threshold: 0 });
  apply(model, { path: 'a.ts', name: 'apple', lines: 3 });
  apply(model, { path: 'c.ts', name: 'hunter2secret', lines: 3 });
  model.rate(at('z.ts', 'const typed = swordfish9;\nstore.put(|'));
  model.removeFile('c.ts');
  const text = textOfImage((image) => model.saveIncrementally(image));
  const words = ['apple', 'hunter2secret', 'swordfish9', 'c.ts'];
  expect(words.map((word) => text.includes(word))).toEqual([true, false, false, false]);
});
