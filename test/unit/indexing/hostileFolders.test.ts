import { describe, expect, test } from 'vitest';
import { discover, discoverPaths } from '../../../src/core/indexing/discover.ts';
import { MAX_DEPTH } from '../../../src/core/indexing/folderWalk.ts';
import { redactSecrets } from '../../../src/core/secrets/redactSecrets.ts';
import { commentText } from '../../../src/core/text/commentText.ts';
import { inlineCode } from '../../../src/core/text/markdownText.ts';
import { subTokens } from '../../../src/core/text/subTokens.ts';
import { askedSubject } from '../../../src/evals/sources/commitSource.ts';
import { MemoryTree } from '../../support/memoryTree.ts';

/** A folder of folders, so many deep, that counts how often it is asked. */
class DeepTree extends MemoryTree {
  lists = 0;
  readonly #depth: number;

  constructor(depth: number) {
    super({ 'a.ts': 'a' });
    this.#depth = depth;
  }

  override list(folder: string): ReturnType<MemoryTree['list']> {
    this.lists++;
    const depth = folder === '' ? 0 : folder.split('/').length;
    const kind = depth < this.#depth ? ('folder' as const) : ('file' as const);
    return Promise.resolve([{ name: 'd', kind, isLink: false }]);
  }

  override stat(): ReturnType<MemoryTree['stat']> {
    return Promise.resolve({ size: 1, modifiedMs: 1 });
  }

  override realPath(path: string): Promise<string> {
    return Promise.resolve(path);
  }
}

describe('folders in each other', () => {
  test.each([MAX_DEPTH + 1, 1_600, 2_040])(
    'attack: %i of them are left where they are, and named',
    async (depth) => {
      const tree = new DeepTree(depth);
      const { files, skipped } = await discover(tree);
      expect(files).toEqual([]);
      expect(skipped.map(({ reason }) => reason)).toEqual(['too deep']);
      expect(skipped[0]?.path.split('/')).toHaveLength(MAX_DEPTH + 2);
      expect(tree.lists).toBe(MAX_DEPTH + 1);
    },
  );

  test.each([1_600, 300_000])('attack: a path through %i of them is not walked', async (depth) => {
    const tree = new DeepTree(depth);
    const { files } = await discoverPaths(tree, ['d/'.repeat(depth) + 'd']);
    expect(files).toEqual([]);
    expect(tree.lists).toBe(0);
  });

  test('as many as may be hold their files', async () => {
    const { files, skipped } = await discover(new DeepTree(MAX_DEPTH));
    expect(files).toHaveLength(1);
    expect(skipped).toEqual([]);
  });
});

describe('texts without an end', () => {
  const LONG = 600_000;

  test.each([
    ['blanks before the end of a comment', () => commentText(`/*${' '.repeat(LONG)}x`), 'x'],
    ['blanks in a commit subject', () => askedSubject(`Add${' '.repeat(60_000)}x`, 'me') ?? '', ''],
    ['marks in a commit subject', () => askedSubject('([#'.repeat(LONG / 3), 'me') ?? '', ''],
    ['line breaks before a prompt', () => redactSecrets('\n'.repeat(LONG)), '\n'.repeat(LONG)],
    ['names of secrets', () => redactSecrets('pwd='.repeat(LONG / 4)), 'pwd='.repeat(LONG / 4)],
    ['tokens in a name', () => redactSecrets('TOKEN'.repeat(LONG / 5)), 'TOKEN'.repeat(LONG / 5)],
    [
      'lines of a key',
      () => redactSecrets('QUJDREVGR0hJSktM\n'.repeat(35_000)),
      'QUJDREVGR0hJSktM\n'.repeat(35_000),
    ],
  ])('attack: %s come out as they are', (_, read, expected) => {
    expect(read() === expected).toBe(true);
  });

  test('attack: backquotes stand between more backquotes', () => {
    const shown = inlineCode(`${'`'.repeat(300_000)}${'` '.repeat(150_000)}`);
    expect(shown.startsWith('`'.repeat(300_002))).toBe(true);
  });

  test('attack: a word of a script without blanks has a term for each pair', () => {
    expect(subTokens('語'.repeat(LONG)).length).toBe(LONG - 1);
  });
});

test('a private key that begins before the text is masked to its end, and what is around it stays', () => {
  const line = 'QUJDREVGR0hJSktMTU5PUA==';
  const text = `before\n${line}\n${line}\n-----END PRIVATE KEY-----\nafter\n${line}\n`;
  expect(redactSecrets(text)).toBe(`before\n[secret]\n-----END PRIVATE KEY-----\nafter\n${line}\n`);
});
