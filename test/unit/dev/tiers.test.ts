import { expect, it } from 'vitest';
import { arrangeLanes, listTiers } from '../../../bin/dev/lib/tiers.mjs';

const tiers = listTiers('/results', []);
const titles = (processors: number, wanted = tiers) =>
  arrangeLanes(wanted, processors).map((lane) => lane.map(({ title }) => title));

it('runs what waits for an editor beside the rest', () => {
  const [first = [], second] = titles(2);
  expect(second).toEqual(['host', 'e2e']);
  expect([...first, ...second!]).toEqual(tiers.map(({ title }) => title));
});

it('has one lane where there is one processor, and where all wanted tiers belong to one', () => {
  expect(titles(1)).toEqual([tiers.map(({ title }) => title)]);
  expect(
    titles(
      4,
      tiers.filter(({ name }) => name === 'unit'),
    ),
  ).toEqual([['unit', 'unit, Node 22']]);
});

it('lets every tier write results of its own', () => {
  expect(new Set(tiers.map(({ results }) => results)).size).toBe(tiers.length);
});
