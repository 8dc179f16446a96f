import { expect, test } from 'vitest';
import { createAddedLinesSource } from '../../../src/evals/sources/addedLinesSource.ts';
import { createMaskSource } from '../../../src/evals/sources/maskSource.ts';
import { unpaced, workspaceOf } from './evaluationFixture.ts';
import { drawCompletionCases } from '../../../src/evals/completionCases.ts';

const old = Array.from({ length: 20 }, (_, at) => `  journal.append(visitor${at}, gate);`);
const added = Array.from({ length: 20 }, (_, at) => `  bell.ring(visitor${at}, times);`);

test('only lines that the file did not have, wherever they were moved and however indented', async () => {
  const older = await workspaceOf({ 'src/gate.ts': old.join('\n') });
  const newer = await workspaceOf({
    'src/gate.ts': [...added, ...old.toReversed().map((line) => `  ${line}`)].join('\n'),
  });
  const source = createAddedLinesSource(1, older);
  const cases = newer.files.flatMap((file) => source.casesIn(file, newer));
  expect(cases.length).toBeGreaterThan(0);
  expect(cases.every(({ line }) => line <= added.length)).toBe(true);
});

test('all lines of a new file are new', async () => {
  const newer = await workspaceOf({ 'src/bell.ts': added.join('\n') });
  const plain = createMaskSource(1);
  const draw = (source: typeof plain) => drawCompletionCases(newer, { count: 20, seed: 1, source }, unpaced);
  const older = await workspaceOf({ 'src/gate.ts': added.join('\n') });
  expect(await draw(createAddedLinesSource(1, older))).toEqual(await draw(plain));
});
