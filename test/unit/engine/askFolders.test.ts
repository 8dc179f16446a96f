import { describe, expect, test } from 'vitest';
import { askFolders, searchFolders } from '../../../src/engine/askFolders.ts';
import type { QueryFolder } from '../../../src/engine/queryFolder.ts';

/** A folder of one file whose only search result is the whole file. */
function folder(root: string, path: string, text: string, score: number): QueryFolder {
  return {
    root,
    follow: () => Promise.resolve(),
    search: () =>
      Promise.resolve([
        { path, startLine: 1, endLine: text.split('\n').length, score, legs: { lexical: score } },
      ]),
    complete: () => undefined,
    readLive: (asked) => Promise.resolve(asked === path ? text : undefined),
    close: () => Promise.resolve(),
  };
}

const code =
  '/** Opens the gate for a visitor. */\nexport function openGate(visitor: string) {\n  return visitor;\n}\n';
const never = new AbortController().signal;

describe('searchFolders', () => {
  test('merges by score and names each root', async () => {
    const folders = [folder('/a', 'x.ts', code, 1), folder('/b', 'y.ts', code, 2)];
    const hits = await searchFolders(folders, 'gate', 10);
    expect(hits.map(({ root, path }) => `${root}/${path}`)).toEqual(['/b/y.ts', '/a/x.ts']);
    expect(await searchFolders(folders, 'gate', 1)).toHaveLength(1);
  });
});

test('what lies in a folder inside another is found once', async () => {
  const inner = folder('/w/packages/app', 'x.ts', code, 1);
  const folders = [folder('/w', 'packages/app/x.ts', code, 2), inner, folder('/w2', 'y.ts', code, 3)];
  const hits = await searchFolders(folders, 'gate', 10);
  expect(hits.map(({ root, path }) => `${root}: ${path}`)).toEqual(['/w2: y.ts', '/w/packages/app: x.ts']);
});

describe('askFolders', () => {
  test('streams the text it returns', async () => {
    const parts: string[] = [];
    const answer = await askFolders(
      [folder('/a', 'gate.ts', code, 1)],
      'Where is openGate defined?',
      never,
      (text) => parts.push(text),
    );
    expect(parts.join('')).toBe(answer.text);
    expect(answer.citations[0]).toMatchObject({ number: 1, path: 'gate.ts' });
    expect(answer.roots[0]).toBe('/a');
  });

  test('shows the folder name in a workspace of several folders, and cites relative to the root', async () => {
    const folders = [folder('/one/app', 'gate.ts', code, 2), folder('/two/app', 'gate.ts', code, 1)];
    const answer = await askFolders(folders, 'Where is openGate defined?', never, () => undefined);
    expect(answer.text).toContain('app/gate.ts');
    expect(answer.citations.every(({ path }) => path === 'gate.ts')).toBe(true);
    expect(new Set(answer.roots)).toEqual(new Set(['/one/app', '/two/app']));
  });
});
