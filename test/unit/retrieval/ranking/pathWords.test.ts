import { describe, expect, it } from 'vitest';
import { pathWords, sameWord, shareAmong } from '../../../../src/core/retrieval/ranking/pathWords.ts';

describe('pathWords', () => {
  it('splits the name and the folder', () => {
    expect(pathWords('src/webServer/request_parser.ts')).toEqual({
      name: ['request', 'parser'],
      folder: ['web', 'server'],
      whole: 'requestparser',
    });
  });

  it.each(['index.ts', 'mod.rs', '__init__.py', 'lib.rs'])('calls %s what its folder is called', (name) => {
    expect(pathWords(`src/doors/${name}`)).toMatchObject({ name: ['door'], folder: ['src'] });
  });

  it.each([
    ['Doors+Open.swift', ['door', 'open']],
    ['doors.d.ts', ['door']],
    ['.bashrc', ['bashrc']],
    ['Makefile', ['makefil']],
    ['boolean.ts', ['boolean']],
  ])('knows the words of %s', (path, name) => {
    expect(pathWords(path).name).toEqual(name);
  });
});

describe('sameWord', () => {
  it.each([
    ['parse', 'parse', 1],
    ['config', 'configuration', 0.8],
    ['str', 'string', 0.5],
    ['resolver', 'resolved', 0.7],
    ['re', 'return', 0],
    ['door', 'floor', 0],
  ])('of %s and %s', (one, other, expected) => {
    expect(sameWord(one, other)).toBe(expected);
    expect(sameWord(other, one)).toBe(expected);
  });
});

it('shareAmong takes the nearest of the others for each word', () => {
  expect(shareAmong(['config', 'door'], ['configuration'])).toBeCloseTo(0.4);
  expect(shareAmong([], ['door'])).toBe(0);
});
