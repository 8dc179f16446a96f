import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { readJsonLines } from '../../../src/cli/jsonLines.ts';

const schema = z.object({ id: z.string() });
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-lines-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(text: string): Promise<string> {
  const file = join(folder, 'in.jsonl');
  await writeFile(file, text);
  return file;
}

describe('readJsonLines', () => {
  test('reads one value a line and skips blank lines', async () => {
    expect(await readJsonLines(await fileOf('{"id":"a"}\n\n{"id":"b"}\r\n'), schema)).toEqual([
      { id: 'a' },
      { id: 'b' },
    ]);
  });

  test('reads what editors on Windows write', async () => {
    expect(await readJsonLines(await fileOf('\uFEFF{"id":"a"}\r\n{"id":"b"}\r\n'), schema)).toHaveLength(2);
  });

  test('says so when it is in another encoding', async () => {
    const file = join(folder, 'utf16.jsonl');
    await writeFile(file, Buffer.from('\uFEFF{"id":"a"}\n', 'utf16le'));
    await expect(readJsonLines(file, schema)).rejects.toThrow(/utf16.jsonl is not UTF-8/);
  });

  test('names the line that is not JSON', async () => {
    await expect(readJsonLines(await fileOf('{"id":"a"}\nnope\n'), schema)).rejects.toThrow(/:2: .*not JSON/);
  });

  test('names the line and the field that do not fit', async () => {
    await expect(readJsonLines(await fileOf('{"id":7}\n'), schema)).rejects.toThrow(/:1: [^]*id/);
  });

  test('says so when there is no such file', async () => {
    await expect(readJsonLines(join(folder, 'missing'), schema)).rejects.toThrow(/Cannot read/);
  });
});
