import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { expectGolden } from '../../support/golden.ts';
import { replay } from './transcript.ts';

const folder = join(import.meta.dirname, 'golden');
const transcripts = readdirSync(folder).filter((name) => name.endsWith('.txt'));

describe('what the editor reports, measured row by row in a real host, and what is recorded', () => {
  test.each(transcripts)('%s', (name) => {
    const file = join(folder, name);
    expectGolden(file, replay(readFileSync(file, 'utf8')));
  });
});
