import type { Uri } from 'vscode';
import { describe, expect, test } from 'vitest';
import { gitChanges, type GitExports } from '../../../src/host/context/gitChanges.ts';

type State = ReturnType<GitExports['getAPI']>['repositories'][number]['state'];

// A file's address is all that is looked at.
const at = (path: string) => ({ toString: () => `file:///${path}` }) as unknown as Uri;
const change = (path: string) => ({ uri: at(path) });
const exportsOf = (...states: State[]): GitExports => ({
  getAPI: () => ({ repositories: states.map((state) => ({ state })) }),
});
const pathsOf = (git: GitExports) => gitChanges(git).map(String);

describe('what differs from the last commit', () => {
  test('is what is changed, staged, new or in conflict, in every repository', () => {
    const git = exportsOf(
      { workingTreeChanges: [change('a.ts')], indexChanges: [change('b.ts')] },
      { mergeChanges: [change('c.ts')], untrackedChanges: [change('d.ts')] },
    );
    expect(pathsOf(git)).toEqual(['file:///a.ts', 'file:///b.ts', 'file:///c.ts', 'file:///d.ts']);
  });

  test('has a file once that is staged and changed again', () => {
    const git = exportsOf({ workingTreeChanges: [change('a.ts')], indexChanges: [change('a.ts')] });
    expect(pathsOf(git)).toEqual(['file:///a.ts']);
  });

  test('has a renamed file by its new name', () => {
    const git = exportsOf({ indexChanges: [{ uri: at('old.ts'), renameUri: at('new.ts') }] });
    expect(pathsOf(git)).toEqual(['file:///new.ts']);
  });

  test('is nothing for a repository that has no state yet', () => {
    expect(pathsOf(exportsOf({}))).toEqual([]);
  });

  test('is nothing when so much has changed that it tells nothing', () => {
    const all = (count: number) => Array.from({ length: count }, (_, index) => change(`${String(index)}.ts`));
    expect(gitChanges(exportsOf({ workingTreeChanges: all(100) }))).toHaveLength(100);
    expect(gitChanges(exportsOf({ workingTreeChanges: all(101) }))).toEqual([]);
  });
});
