import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { FileJournal } from '../../../src/adapters/evals/fileJournal.ts';
import { temporaryFolder } from '../crash/temporaryFolder.ts';

let file: string;
beforeEach(() => {
  file = join(temporaryFolder(), 'state', 'journal.jsonl');
});

describe('the journal of an evaluation', () => {
  it('finds what was added, in another process too', async () => {
    const journal = await FileJournal.open(file);
    expect(journal.find('a')).toBeUndefined();
    await journal.add('a', { rank: 1, text: 'line\nbreak' });
    await journal.add('b', null);
    for (const each of [journal, await FileJournal.open(file)]) {
      expect(each.find('a')).toEqual({ rank: 1, text: 'line\nbreak' });
      expect(each.find('b')).toBeNull();
    }
  });

  it('loses the last outcome at most when its writer is killed, and no later one', async () => {
    const journal = await FileJournal.open(file);
    await journal.add('a', { rank: 1 });
    const whole = readFileSync(file).length;
    await journal.add('b', { rank: 2 });
    for (let length = readFileSync(file).length - 1; length >= whole; length--) {
      truncateSync(file, length);
      const next = await FileJournal.open(file);
      expect(next.find('a')).toEqual({ rank: 1 });
      expect(next.find('b')).toBeUndefined();
    }
    appendFileSync(file, '\n["b",{"ra');
    await (await FileJournal.open(file)).add('c', { rank: 3 });
    const last = await FileJournal.open(file);
    expect(['a', 'b', 'c'].map((key) => last.find(key))).toEqual([{ rank: 1 }, undefined, { rank: 3 }]);
  });

  it('takes no notice of lines that are none of its own', async () => {
    const journal = await FileJournal.open(file);
    await journal.add('a', 1);
    appendFileSync(file, '\n<<<<<<< ours\n{"b":1}\n[3,4]\n');
    expect((await FileJournal.open(file)).find('a')).toBe(1);
  });

  it('forgets everything when it is cleared', async () => {
    const journal = await FileJournal.open(file);
    await journal.add('a', 1);
    await journal.clear();
    expect(journal.find('a')).toBeUndefined();
    expect(existsSync(file)).toBe(false);
    await journal.clear();
  });
});
