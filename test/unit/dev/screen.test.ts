import { expect, it } from 'vitest';
import { shareOutput } from '../../../bin/dev/lib/screen.mjs';

function twoLanes() {
  const shown: string[] = [];
  const [first, second] = shareOutput(2, (text) => shown.push(text));
  return { first: first!, second: second!, shown: () => shown.splice(0).join('') };
}

it('shows the first lane as it goes', () => {
  const { first, shown } = twoLanes();
  first.write('a');
  expect(shown()).toBe('a');
  first.write('b');
  expect(shown()).toBe('b');
});

it('shows a whole section of another lane between two of the first', () => {
  const { first, second, shown } = twoLanes();
  first.write('a');
  second.write('1');
  first.write('b');
  second.write('2');
  second.endSection();
  second.write('3');
  expect(shown()).toBe('ab');
  first.endSection();
  expect(shown()).toBe('12');
  first.write('c');
  expect(shown()).toBe('c');
});

it('shows the next lane as it goes once the first is done, with what it had held back', () => {
  const { first, second, shown } = twoLanes();
  second.write('1');
  second.endSection();
  second.write('2');
  first.close();
  expect(shown()).toBe('12');
  second.write('3');
  expect(shown()).toBe('3');
});

it('loses nothing of a lane that is done first', () => {
  const { first, second, shown } = twoLanes();
  second.write('1');
  second.endSection();
  second.close();
  expect(shown()).toBe('');
  first.write('a');
  first.endSection();
  first.close();
  expect(shown()).toBe('a1');
});
