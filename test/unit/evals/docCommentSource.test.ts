import { expect, test } from 'vitest';
import { docCommentSource } from '../../../src/evals/sources/docCommentSource.ts';
import { workspaceOf, type Texts } from './evaluationFixture.ts';

async function casesOf(texts: Texts) {
  const workspace = await workspaceOf(texts);
  return workspace.files.flatMap((file) => docCommentSource.casesIn(file, workspace));
}

const gate = `import { journal } from './journal';

/** Lets a visitor in and writes the visit into the journal. More of it. */
export function openGate(visitor) {
  journal.append(visitor);
}
`;

test('asks with the first sentence, wants the lines of the definition and hides those of the comment', async () => {
  expect(await casesOf({ 'src/gates/gate.ts': gate })).toEqual([
    {
      id: expect.stringMatching(/^doc-comment:src\/gates\/gate\.ts#openGate:[0-9a-f]{8}$/) as string,
      source: 'doc-comment',
      language: 'TypeScript',
      folder: 'src/gates',
      path: 'src/gates/gate.ts',
      question: 'Lets a visitor in and writes the visit into the journal',
      name: 'openGate',
      gold: [{ path: 'src/gates/gate.ts', startLine: 4, endLine: 6 }],
      hides: [{ path: 'src/gates/gate.ts', lines: { startLine: 3, endLine: 3 } }],
    },
  ]);
});

test('leaves out a name that leads the sentence, and sentences that spell it out elsewhere', async () => {
  const go = (comment: string) => `package gate\n\n// ${comment}\nfunc OpenGate(v string) {\n\tletIn(v)\n}\n`;
  const [found] = await casesOf({ 'gate.go': go('OpenGate lets a late visitor in and notes the visit.') });
  expect(found?.question).toBe('lets a late visitor in and notes the visit');
  const [second] = await casesOf({
    'gate.go': go('An OpenGate lets a late visitor in, and notes the visit.'),
  });
  expect(second?.question).toBe('lets a late visitor in, and notes the visit');
  expect(await casesOf({ 'gate.go': go('To let a late visitor in use OpenGate or its sister.') })).toEqual(
    [],
  );
});

test('asks nothing about tests, documents and constructors', async () => {
  const constructor = gate.replace('export function openGate', 'constructor');
  expect(
    await casesOf({ 'test/gate.ts': gate, 'gate.test.ts': gate, 'gate.md': gate, 'gate.ts': constructor }),
  ).toEqual([]);
});
