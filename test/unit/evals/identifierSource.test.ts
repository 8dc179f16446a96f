import { expect, test } from 'vitest';
import { identifierSource } from '../../../src/evals/sources/identifierSource.ts';
import { workspaceOf, type Texts } from './evaluationFixture.ts';

async function asked(texts: Texts) {
  const workspace = await workspaceOf(texts);
  return workspace.files.flatMap((file) => identifierSource.casesIn(file, workspace));
}

const define = 'export function openGate() {\n  return true;\n}\n';

test('asks with a name that another file uses; only the first line of its definition is right', async () => {
  const [found, ...others] = await asked({ 'a.ts': `\n${define}`, 'b.ts': 'openGate();\n' });
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    question: 'openGate',
    gold: [{ path: 'a.ts', startLine: 2, endLine: 2 }],
    hides: [],
  });
});

test('asks once for a definition in several forms', async () => {
  const found = await asked({
    'a.d.ts': 'export declare function openGate(): boolean;\n',
    'a.js': define,
    'b.js': 'openGate();\n',
  });
  expect(found.map(({ gold }) => gold.map(({ path }) => path))).toEqual([['a.d.ts', 'a.js']]);
});

test.each([
  ['nothing else uses it', { 'a.ts': define }],
  ['it is defined twice', { 'a.ts': define, 'b.ts': define, 'c.ts': 'openGate();\n' }],
  ['it is an ordinary word', { 'a.ts': define.replace('openGate', 'opening'), 'b.ts': 'opening();\n' }],
  ['it is short', { 'a.ts': define.replace('openGate', 'isIt'), 'b.ts': 'isIt();\n' }],
  ['a test defines it', { 'a.test.ts': define, 'b.ts': 'openGate();\n' }],
])('asks nothing when %s', async (_, texts) => {
  expect(await asked(texts)).toEqual([]);
});
