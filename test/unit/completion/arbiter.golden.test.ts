import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { expectGolden } from '../../support/golden.ts';
import { replayArbiter } from './arbiterTranscript.ts';

const folder = join(import.meta.dirname, 'golden');
const transcripts = readdirSync(folder).filter((name) => name.endsWith('.txt'));

describe('what sources propose, in the order in which it arrives, and what is shown', () => {
  test.each(transcripts)('%s', (name) => {
    const file = join(folder, name);
    expectGolden(file, replayArbiter(readFileSync(file, 'utf8')));
  });
});
