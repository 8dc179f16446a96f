import { expect, test } from 'vitest';
import { type CompletionBaseline, LongestMatch } from '../../../../src/bench/baselines/longestMatch.ts';
import { NearestWord } from '../../../../src/bench/completionSystems.ts';
import { segmentOf } from '../../../support/segmentOf.ts';

function guessAt(baseline: CompletionBaseline, marked: string, path = 'src/live.ts') {
  const offset = marked.indexOf('▮');
  return baseline.guess({ path, text: marked.replace('▮', ''), offset });
}

function taught(reach: 'workspace' | 'file', files: Readonly<Record<string, string>>): LongestMatch {
  const baseline = new LongestMatch(reach);
  const segment = segmentOf(files);
  for (const file of segment.files) baseline.addFile(segment, file);
  return baseline;
}

const files = {
  'src/gate.ts': 'journal.append({ kind: "visit" });\nopen(gate, visitor);\n',
  'lib/bell.ts': 'ring();\nnote.append(bell);\n',
};

test('copies the rest of the line after the longest match', () => {
  // `journal . append (` agrees over four tokens with the first file and over three with the second.
  expect(guessAt(taught('workspace', files), 'journal.append(▮\n')?.text).toBe('{ kind: "visit" });');
  expect(guessAt(taught('workspace', files), 'note.append(▮\n')?.text).toBe('bell);');
});

test('finishes a word of which letters are typed', () => {
  expect(guessAt(taught('workspace', files), 'open(gate, vis▮\n')?.text).toBe('itor);');
});

test('of equally long matches the nearest wins', () => {
  const near = { 'lib/a.ts': 'x.call(far);\n', 'src/b.ts': 'x.call(near);\n' };
  expect(guessAt(taught('workspace', near), 'x.call(▮\n')?.text).toBe('near);');
});

test('the indexed version of the file being edited is not copied from', () => {
  expect(guessAt(taught('workspace', { 'src/live.ts': 'x.call(old);\n' }), 'x.call(▮\n')).toBeUndefined();
});

test('the same-file method sees the open file only', () => {
  const sameFile = taught('file', files);
  expect(guessAt(sameFile, 'journal.append(▮\n')).toBeUndefined();
  expect(guessAt(sameFile, 'journal.append(one);\njournal.append(▮\n')?.text).toBe('one);');
});

test('a match that ends its line has nothing to offer', () => {
  expect(guessAt(taught('workspace', { 'src/a.ts': 'stop();\n' }), 'stop();▮\n')).toBeUndefined();
});

test('every guess of a method has the same features, the first of them 1', () => {
  const longest = taught('workspace', files);
  const counts = ['journal.append(▮', 'open(gate, vis▮', 'note.▮'].map(
    (text) => guessAt(longest, text)?.features,
  );
  expect(new Set(counts.map((features) => features?.length)).size).toBe(1);
  expect(counts.every((features) => features?.[0] === 1)).toBe(true);
  expect(counts.flat().every((value) => Number.isFinite(value))).toBe(true);
});

test('the nearest word with the typed letters, above or below', () => {
  const words = new NearestWord();
  expect(guessAt(words, 'visible;\n\n\n\n\nvis▮\nvisitor;\n')?.text).toBe('itor');
  expect(guessAt(words, 'visitor;\nvis▮\n\n\n\n\n\n\n\n\n\n\n\nvisible;\n')?.text).toBe('itor');
});

test('the word being typed and shorter ones are no suggestion, nor is anything before the first letter', () => {
  const words = new NearestWord();
  expect(guessAt(words, 'vis; vis▮itor')).toBeUndefined();
  expect(guessAt(words, 'visitor(▮')).toBeUndefined();
  expect(guessAt(words, 'visitor 12▮')).toBeUndefined();
});
