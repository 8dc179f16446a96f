import fc from 'fast-check';
import { expect, test } from 'vitest';
import { committed, indexingFixture } from './indexingFixture.ts';

type Fixture = ReturnType<typeof indexingFixture>;
type Step = (fixture: Fixture) => unknown;

const path = fc.constantFrom('a.ts', 'b.ts', 'sub/a.ts', 'sub/deep/b.ts', 'other/c.ts');
const place = fc.oneof(path, fc.constantFrom('sub', 'sub/deep', 'other', 'gone'));
const ruleFile = fc.constantFrom('.gitignore', 'sub/.gitignore', 'sub/.touchstoneignore');
const rules = fc.constantFrom('', 'a.ts', '*.ts\n!b.ts', 'deep/', '!*', 'sub/');
const content = fc.constantFrom(
  '',
  'a();\n',
  'b();\n',
  '// @generated\n',
  'c\0',
  'long(line);\n'.repeat(300),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(path, content).map(
    ([at, text]): Step =>
      ({ tree }) =>
        tree.write(at, text),
  ),
  fc.tuple(ruleFile, rules).map(
    ([at, text]): Step =>
      ({ tree }) =>
        tree.write(at, text),
  ),
  place.map(
    (at): Step =>
      ({ tree }) =>
        tree.remove(at),
  ),
  path.map(
    (at): Step =>
      ({ tree }) =>
        tree.touch(at),
  ),
  fc.array(fc.oneof(place, ruleFile)).map(
    (paths): Step =>
      ({ indexer }) =>
        indexer.refresh({ paths }),
  ),
  fc.constant<Step>(({ indexer }) => indexer.refresh()),
);

test('whatever happened before, a refresh gives what a first index gives', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const fixture = indexingFixture();
      for (const run of steps) await run(fixture);
      const refreshed = await fixture.indexer.refresh();
      const index = await committed(fixture);
      const first = await fixture.newIndexer().refresh({ fromScratch: true });
      expect(index).toEqual(await committed(fixture));
      expect({ ...refreshed, generation: 0, reused: 0 }).toEqual({ ...first, generation: 0 });
    }),
  );
});

test('a refresh of the changed paths gives what a full one gives', async () => {
  const change = fc.tuple(path, fc.option(content, { nil: undefined }));
  await fc.assert(
    fc.asyncProperty(fc.array(change), fc.array(change), rules, async (before, after, text) => {
      const fixture = indexingFixture({ '.gitignore': text, 'sub/.touchstoneignore': '!a.ts' });
      const apply = ([at, written]: readonly [string, string | undefined]) =>
        written === undefined ? fixture.tree.remove(at) : fixture.tree.write(at, written);
      before.forEach(apply);
      await fixture.indexer.refresh();
      after.forEach(apply);
      await fixture.indexer.refresh({ paths: after.map(([at]) => at) });
      const partial = await committed(fixture);
      const { generation } = await fixture.store.snapshot();
      expect(await fixture.indexer.refresh()).toMatchObject({ generation });
      expect(await committed(fixture)).toEqual(partial);
    }),
  );
});
