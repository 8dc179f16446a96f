import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { replay } from './transcript.ts';

const folder = join(import.meta.dirname, 'golden');
const transcripts = readdirSync(folder).filter((name) => name.endsWith('.txt'));

describe('what the editor reports, measured row by row in a real host, and what is recorded', () => {
  test.each(transcripts)('%s', (name) => {
    const file = join(folder, name);
    const expected = readFileSync(file, 'utf8');
    const actual = replay(expected);
    if (process.env['UPDATE_GOLDEN']) writeFileSync(file, actual);
    else expect(actual).toBe(expected);
  });
});
