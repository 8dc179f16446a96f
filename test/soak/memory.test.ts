import { expect, test } from 'vitest';
import { startScript } from '../support/startScript.ts';
import { soakSeed } from './soakSeed.ts';

/** Less than ten kilobytes a save. */
const HEAP_GROWTH = 1.25;
/** The allocator keeps what it once needed. */
const RESIDENT_GROWTH = 1.5;

test(`2,000 saves of one file leave a reader and an indexer as large as the first 200 did`, async () => {
  const script = new URL('./children/saver.ts', import.meta.url);
  const { by, lines, errors } = await startScript(script, String(soakSeed), '2000', '200').ended;
  expect({ by, errors }).toEqual({ by: 0, errors: '' });
  const samples = lines.map((line) => JSON.parse(line) as Record<'heap' | 'resident' | 'files', number>);
  process.stdout.write(`${lines.join('\n')}\n`);
  expect(samples).toHaveLength(10);
  const [first, last] = [samples[0]!, samples.at(-1)!];
  expect(last.heap).toBeLessThan(first.heap * HEAP_GROWTH);
  expect(last.resident).toBeLessThan(first.resident * RESIDENT_GROWTH);
  // What a commit drops is swept after its grace period, so their number is bounded by time, not by saves.
  expect(last.files).toBeLessThan(2000);
});
