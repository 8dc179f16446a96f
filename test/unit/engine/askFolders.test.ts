import { describe, expect, test } from 'vitest';
import { wholeAnswer } from '../../../src/core/chat/answer.ts';
import type { LocatedCitation } from '../../../src/core/ports/chatMessage.ts';
import type { SourceBlock } from '../../../src/core/prompts/sourceBlock.ts';
import { fixedPolicy } from '../../../src/core/prompts/fixedPolicy.ts';
import { askFolders, type AskFoldersOptions } from '../../../src/engine/query/askFolders.ts';
import { searchFolders } from '../../../src/engine/query/folderContext.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import type { QueryFolder } from '../../../src/engine/query/queryFolder.ts';

/** A folder of one file whose only search result is the whole file. */
function folder(root: string, path: string, text: string, score: number): QueryFolder {
  return {
    root,
    catchUp: () => Promise.resolve(),
    paths: () => [path],
    search: () =>
      Promise.resolve([
        { path, startLine: 1, endLine: text.split('\n').length, score, legs: { lexical: score } },
      ]),
    completions: { id: 'none', propose: () => expect.unreachable() },
    bufferChanged: () => undefined,
    configure: () => undefined,
    excluded: (paths) => Promise.resolve(new Set(paths.filter((asked) => asked.startsWith('ignored')))),
    readLive: (asked) => Promise.resolve(asked === path ? text : undefined),
    saveImage: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

const code =
  '/** Opens the gate for a visitor. */\nexport function openGate(visitor: string) {\n  return visitor;\n}\n';
const never = new AbortController().signal;

const ask = (question: string, options: Omit<AskFoldersOptions, 'log' | 'prompts'>) =>
  wholeAnswer(askFolders(question, { log: silentLogger, prompts: fixedPolicy(), ...options }, never));

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
  test('reads no file that is left out by now, whoever names it', async () => {
    const read: string[] = [];
    const watched: QueryFolder = {
      ...folder('/one', 'gate.ts', code, 1),
      readLive: (path) => {
        read.push(path);
        return Promise.resolve(code);
      },
    };
    const symbols = () =>
      Promise.resolve([{ root: '/one', path: 'ignored/gate.ts', startLine: 1, endLine: 4 }]);
    for (const folders of [[watched], [watched, folder('/two', 'y.ts', 'y', 0.1)]]) {
      await ask('Where is openGate defined?', { folders, symbols });
      expect(new Set(read)).toEqual(new Set(['gate.ts']));
    }
  });

  test('streams the text it returns', async () => {
    const folders = [folder('/a', 'gate.ts', code, 1)];
    const options = { folders, prompts: fixedPolicy(), log: silentLogger };
    let text = '';
    const citations: LocatedCitation[] = [];
    for await (const event of askFolders('Where is openGate defined?', options, never)) {
      if (event.type === 'text') text += event.text;
      if (event.type === 'citation') citations.push(event.citation);
      if (event.type !== 'done') continue;
      expect(text).toBe(event.answer.text);
      expect(citations).toEqual(event.answer.citations);
      expect(citations[0]).toMatchObject({ number: 1, root: '/a', path: 'gate.ts' });
    }
    expect.assertions(3);
  });

  test('shows the folder name in a workspace of several folders, and cites relative to the root', async () => {
    const folders = [folder('/one/app', 'gate.ts', code, 2), folder('/two/app', 'gate.ts', code, 1)];
    const answer = await ask('Where is openGate defined?', { folders });
    expect(answer.text).toContain('app/gate.ts');
    expect(answer.citations.every(({ path }) => path === 'gate.ts')).toBe(true);
    expect(new Set(answer.citations.map(({ root }) => root))).toEqual(new Set(['/one/app', '/two/app']));
  });

  test('uses what it finds in the order of the model chosen for that, which reads the live text', async () => {
    const bell = code.replaceAll('openGate', 'openGateSlowly');
    const folders = [folder('/one', 'gate.ts', code, 2), folder('/two', 'bell.ts', bell, 1)];
    const read: (readonly string[])[] = [];
    const ranking = {
      id: 'test:rank',
      load: () =>
        Promise.resolve({
          id: 'test:rank',
          rank: (_: string, blocks: readonly SourceBlock[]) => {
            read.push(...blocks.map(({ path, lines }) => [path, lines[1] ?? '']));
            return Promise.resolve(blocks.map(({ path }) => Number(path.includes('bell'))));
          },
        }),
    };
    const first = async (options: Pick<Partial<AskFoldersOptions>, 'ranking'>) =>
      (await ask('How does a visitor get in?', { folders, ...options })).citations[0]?.path;
    expect(await first({})).toBe('gate.ts');
    expect(await first({ ranking })).toBe('bell.ts');
    expect(read).toEqual([
      ['one/gate.ts', code.split('\n')[1]],
      ['two/bell.ts', bell.split('\n')[1]],
    ]);
  });
});
