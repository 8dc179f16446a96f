import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hideCases } from '../../../src/evals/hiddenText.ts';
import { readCommits } from '../../../src/evals/runEvaluation.ts';
import { SourceFile } from '../../../src/evals/sourceFile.ts';
import { askedSubject, commitSource } from '../../../src/evals/sources/commitSource.ts';
import { surveyWorkspace } from '../../../src/evals/workspace.ts';
import type { Commit } from '../../../src/core/ports/history.ts';
import { unpaced, type Texts } from './evaluationFixture.ts';

const SUBJECT = 'let late visitors in twice at the gate';
const TEXTS: Texts = {
  'src/door.ts': 'export const door = 1;\nexport const lock = 2;\n',
  'src/bell.ts': 'export const bell = 1;\n',
  'test/door.test.ts': 'it();\n',
  'README.md': 'doors\n',
};

function commit(paths: readonly string[], subject = SUBJECT, more: Partial<Commit> = {}): Commit {
  return { id: 'abcdef0123456789', author: 'Ada', subject, paths, ...more };
}

async function casesOf(commits: readonly Commit[], texts: Texts = TEXTS) {
  const files = Object.entries(texts).map(([path, text]) => new SourceFile(path, text));
  const workspace = await surveyWorkspace(files, unpaced, commits);
  return files.flatMap((file) => commitSource.casesIn(file, workspace));
}

describe('a commit', () => {
  test('asks for the whole of each source file that it changed', async () => {
    const paths = ['README.md', 'src/bell.ts', 'src/door.ts', 'test/door.test.ts'];
    expect(await casesOf([commit(paths, `feat(door): ${SUBJECT} (#12)`)])).toEqual([
      {
        id: 'commit:abcdef012345',
        source: 'commit',
        language: 'TypeScript',
        folder: 'src',
        path: 'src/bell.ts',
        question: SUBJECT,
        name: 'src/bell.ts, src/door.ts',
        gold: [
          { path: 'src/bell.ts', startLine: 1, endLine: 2 },
          { path: 'src/door.ts', startLine: 1, endLine: 3 },
        ],
        hides: [],
      },
    ]);
  });

  test.each([
    ['only tests and prose', ['README.md', 'test/door.test.ts']],
    ['only what is gone', ['src/gone.ts']],
    ['mostly what is gone', ['src/gone.ts', 'src/lost.ts', 'src/door.ts']],
    ['only what goes along with everything', ['src/index.ts', 'vite.config.ts', 'setup.py']],
  ])('that changed %s asks nothing', async (_, paths) => {
    const texts = { ...TEXTS, 'src/index.ts': 'x', 'vite.config.ts': 'x', 'setup.py': 'x' };
    expect(await casesOf([commit(paths)], texts)).toEqual([]);
  });

  test('that changed more than six files asks nothing', async () => {
    const paths = Array.from({ length: 7 }, (_, n) => `src/part${n}.ts`);
    const texts = Object.fromEntries(paths.map((path) => [path, 'x']));
    expect(await casesOf([commit(paths)], texts)).toEqual([]);
    expect(await casesOf([commit(paths.slice(1))], texts)).toHaveLength(1);
  });

  test.each([
    ['door.ts lets late visitors in twice', 'src/door.ts'],
    ['the front door lets late visitors in twice', 'src/frontDoor.ts'],
  ])('that names the file asks nothing: %s', async (subject, path) => {
    expect(await casesOf([commit([path], subject)], { [path]: 'x' })).toEqual([]);
  });

  test('hides the lines of change logs that say the same, and no others', async () => {
    const log = `# Changes\n\n- ${SUBJECT} (#12)\n- ring the bell\n`;
    const texts = { ...TEXTS, 'CHANGELOG.md': log, '.changeset/gate.md': SUBJECT, 'docs/tale.md': SUBJECT };
    const [found] = await casesOf([commit(['src/door.ts'], `fix: ${SUBJECT}`)], texts);
    expect(found?.hides).toEqual([
      { path: 'CHANGELOG.md', lines: { startLine: 3, endLine: 3 } },
      { path: '.changeset/gate.md', lines: { startLine: 1, endLine: 1 } },
    ]);
    const files = Object.entries(texts).map(([path, text]) => new SourceFile(path, text));
    const said = (hides: Parameters<typeof hideCases>[1]) =>
      hideCases(files, hides)
        .filter(({ path, text }) => /change/i.test(path) && text.includes(SUBJECT))
        .map(({ path }) => path);
    expect(said([])).toEqual(['CHANGELOG.md', '.changeset/gate.md']);
    expect(said(found?.hides ?? [])).toEqual([]);
  });

  test('keeps its id whatever else is in the history and the folder', async () => {
    const ids = async (more: readonly Commit[], texts: Texts) =>
      (await casesOf([commit(['src/door.ts']), ...more], texts)).map(({ id }) => id);
    await fc.assert(
      fc.asyncProperty(
        fc.stringMatching(/^[a-z]{4,9}$/),
        fc.stringMatching(/^[0-9a-f]{15}$/),
        async (name, id) => {
          const other = commit([`lib/${name}.ts`], `open the ${name} of every early guest`, { id: `9${id}` });
          const found = await ids([other], { ...TEXTS, [`lib/${name}.ts`]: 'x' });
          expect(found).toContain('commit:abcdef012345');
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('the subject', () => {
  test.each([
    [`feat!: ${SUBJECT}`, SUBJECT],
    [`fix(gate): ${SUBJECT} (#123)`, SUBJECT],
    [`${SUBJECT}, closes #12`, SUBJECT],
    [`${SUBJECT} (fixes GH-12)`, SUBJECT],
    [`${SUBJECT} #12`, SUBJECT],
    [`fix: fix: ${SUBJECT} [Reference gates/gate#12]`, SUBJECT],
    [`net/http, crypto/tls: ${SUBJECT}.`, SUBJECT],
    [`[gate] ${SUBJECT}`, SUBJECT],
    [`GATE-12: ${SUBJECT}`, SUBJECT],
    [`- let late \`visitors\` in twice at the gate`, SUBJECT],
  ])('%s asks %s', (subject, asked) => {
    expect(askedSubject(subject, 'Ada')).toBe(asked);
  });

  test.each([
    ['a merge', "Merge branch 'gate' into the main line of visitors"],
    ['a revert', 'Revert "let late visitors in twice at the gate"'],
    ['a fix-up', 'fixup! let late visitors in twice at the gate'],
    ['a release', 'release 2.0 with gates for late visitors'],
    ['a version', '1.2.3 lets late visitors in at the gate'],
    ['a bump', 'bump gate from 1.2 to 1.3 for late visitors'],
    ['a dependency', 'chore(deps): let late visitors in at the gate'],
    ['an update of a dependency', 'update gate-keeper to v12 for late visitors'],
    ['formatting', 'reformat the gate and all late visitors of it'],
    ['style', 'style: let late visitors in twice at the gate'],
    ['a linter', 'let the linter visit the late gate of visitors'],
    ['prose', 'docs: let late visitors in twice at the gate'],
    ['comments', 'explain late visitors in comments of the gate'],
    ['comments alone', 'update comments with what late visitors need'],
    ['documentation', 'say in the docs that late visitors come in'],
    ['a typo', 'fix typo in the message for late visitors'],
    ['spelling', 'correct the spelling of late visitors everywhere'],
    ['tests', 'more tests for late visitors at the gate'],
    ['a test', 'add gate test where late visitors come in'],
    ['what is not there any more', 'remove unused gates for late visitors'],
    ['imports', 'sort imports of the gate for late visitors'],
    ['a cherry-pick', 'complete what late visitors missed in the cherry-pick'],
    ['review', 'address review of late visitors at the gate'],
    ['a hash', 'let visitors of 0123456789abcdef in at the gate'],
    ['too few words', 'open the gate'],
    ['a deprecation', 'the gate for late visitors is deprecated now'],
    ['a URL', 'let visitors of https://gate.example in twice'],
    ['code', 'gate.open(visitor, twice); for late visitors only'],
  ])('that is %s asks nothing', (_, subject) => {
    expect(askedSubject(subject, 'Ada')).toBeUndefined();
  });

  test.each(['dependabot[bot]', 'renovate-bot', 'greenkeeper', 'semantic-release-bot'])(
    'by %s asks nothing',
    (author) => {
      expect(askedSubject(SUBJECT, author)).toBeUndefined();
      expect(askedSubject(SUBJECT, 'Abbott')).toBe(SUBJECT);
    },
  );
});

describe('readCommits', () => {
  async function* many(count: number, seen: { count: number }) {
    for (let n = 0; n < count; n++) {
      seen.count++;
      await Promise.resolve();
      yield commit(n % 2 === 0 ? ['a.ts'] : Array.from({ length: 41 }, (_, at) => `${at}.ts`));
    }
  }

  test('leaves out sweeps and reads no more than it needs of a long history', async () => {
    const seen = { count: 0 };
    const commits = await readCommits({ commits: () => many(20_000, seen) }, undefined);
    expect(seen.count).toBe(5000);
    expect(commits).toHaveLength(2500);
  });

  test('without a history there are none', async () => {
    expect(await readCommits(undefined, undefined)).toEqual([]);
  });
});
