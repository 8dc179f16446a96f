import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ablationBench } from '../../../src/bench/ablationBench.ts';
import { ABLATIONS } from '../../../src/bench/ablations.ts';
import { silentLogger } from '../../support/silentLogger.ts';

let folders: readonly string[];

beforeEach(async () => {
  folders = await Promise.all(['a', 'b'].map(() => mkdtemp(join(tmpdir(), 'touchstone-ablation-'))));
});

afterEach(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});

const gates = `/** Opens the gate for a visitor who has paid. */
export function openGate(visitor) {
  return visitor.paid ? lift(visitor) : undefined;
}

/** Counts the visitors that are inside the garden now. */
export function countInside(garden) {
  return garden.visitors.filter(({ left }) => !left).length;
}
`;
const tickets = `/** Prints a ticket with the price of the day. */
export function printTicket(day) {
  return paper.print(priceOf(day));
}
`;

test('asks the questions of all folders of searches that each lack a part', async () => {
  const [first = '', second = ''] = folders;
  await writeFile(join(first, 'gates.js'), gates);
  await writeFile(join(second, 'tickets.js'), tickets);
  const options = { cases: 5, seed: 1, log: silentLogger, signal: new AbortController().signal };
  const { kinds, folders: count } = await ablationBench(folders, options);
  expect(count).toBe(2);
  const comments = kinds['doc-comment'];
  expect(comments?.all.n).toBe(3);
  expect(comments?.languages['JavaScript']?.n).toBe(3);
  expect(Object.keys(comments?.all.worth ?? {})).toEqual(Object.keys(ABLATIONS));
  // So little code has no vectors, so that without words nothing is found.
  expect(comments?.all.mrr).toBeGreaterThan(0.5);
  expect(comments?.all.worth['leg: words']).toMatchObject({ theirs: 0 });
  expect(comments?.all.worth['field: body']?.theirs).toBeGreaterThan(0);
});
