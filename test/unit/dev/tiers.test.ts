import { describe, expect, it } from 'vitest';
import { listTiers, openLanes, type Lane } from '../../../bin/dev/lib/tiers.mjs';

const tiers = listTiers('/results', []);
const all = tiers.map(({ title }) => title);
const rest = (lane: Lane | undefined) => {
  const taken: string[] = [];
  for (let tier = lane?.next(); tier; tier = lane?.next()) taken.push(tier.title);
  return taken;
};

describe('lanes', () => {
  it('run what waits for an editor beside the rest', () => {
    const [first, second] = openLanes(tiers, 2);
    expect([second?.next()?.title, second?.next()?.title]).toEqual(['host', 'e2e']);
    expect(rest(first)).toEqual(all.filter((title) => title !== 'host' && title !== 'e2e'));
    expect(second?.next()).toBeUndefined();
  });

  it('share the rest once the editor is done with, from both ends, each tier once', () => {
    const [first, second] = openLanes(tiers, 2);
    const taken = [first?.next()?.title, ...[1, 2, 3].map(() => second?.next()?.title)];
    expect(taken).toEqual(['typecheck', 'host', 'e2e', 'webview']);
    expect([...taken, ...rest(first), ...rest(second)].sort()).toEqual([...all].sort());
  });

  it('are one where there is one processor, and where all wanted tiers belong to one', () => {
    expect(openLanes(tiers, 1)).toHaveLength(1);
    expect(rest(openLanes(tiers, 1)[0]).sort()).toEqual([...all].sort());
    const only = (name: string) =>
      openLanes(
        tiers.filter((tier) => tier.name === name),
        4,
      );
    expect(only('unit').map(rest)).toEqual([['unit', 'unit, Node 22']]);
    expect(only('e2e').map(rest)).toEqual([['e2e']]);
  });
});

it('lets every tier write results of its own', () => {
  expect(new Set(tiers.map(({ results }) => results)).size).toBe(tiers.length);
});
