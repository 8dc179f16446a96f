import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { openIndex } from '../contract/crash/openIndex.ts';
import { startScript } from '../support/startScript.ts';
import { temporaryFolder } from '../contract/crash/temporaryFolder.ts';
import { problemsOf } from '../contract/faults/expectTiled.ts';
import { writeOddFiles } from '../contract/faults/oddFiles.ts';
import { seededRandom } from '../support/seededRandom.ts';
import { soakSeed } from './soakSeed.ts';

const MEGABYTE = 2 ** 20;

interface Indexed {
  readonly files: number;
  readonly chunks: number;
  readonly reasons: readonly string[];
  readonly hits: number;
  /** At the most, in all. */
  readonly megabytes: number;
}

function place() {
  const base = temporaryFolder();
  const root = join(base, 'root');
  mkdirSync(root);
  return { root, directory: join(base, 'store') };
}

/** In a process of its own, so that its memory can be told. */
async function indexApart({ root, directory }: ReturnType<typeof place>, maxBytes: number): Promise<Indexed> {
  const script = new URL('./children/indexOnce.ts', import.meta.url);
  const { by, lines, errors } = await startScript(script, root, directory, `${maxBytes}`).ended;
  expect({ by, errors }).toEqual({ by: 0, errors: '' });
  process.stdout.write(`${lines.join('\n')}\n`);
  return JSON.parse(lines[0] ?? '') as Indexed;
}

describe(`2,000 files that no person would write, from seed ${soakSeed}`, () => {
  it('are indexed whole or left out', async () => {
    const { root, directory } = place();
    const files = writeOddFiles(root, 2000, seededRandom(soakSeed));
    const { store, indexer } = await openIndex(root, directory);
    const report = await indexer.refresh();
    expect(await problemsOf(store, report, files)).toEqual([]);
    await store.close();
    expect(report.files).toBeGreaterThan(files.length / 3);
  });
});

describe('a folder of 100,000 tiny files', () => {
  it('is indexed and opened, both in one process, within 1.2 GB', async () => {
    const where = place();
    for (let folder = 0; folder < 100; folder++) {
      mkdirSync(join(where.root, `folder${folder}`));
      for (let file = 0; file < 1000; file++) {
        const text = `export const value${file} = ${folder};\n`;
        writeFileSync(join(where.root, `folder${folder}/file${file}.ts`), text);
      }
    }
    const { megabytes, ...indexed } = await indexApart(where, MEGABYTE);
    expect(indexed).toMatchObject({ files: 100_000, chunks: 100_000, reasons: [], hits: 10 });
    expect(megabytes).toBeLessThan(1200);
  });
});

describe('a large file, where files may be as large as can be', () => {
  it('of 50 MB is left out, in lines or in one: memory is not for one file', async () => {
    const where = place();
    writeFileSync(join(where.root, 'line.ts'), Buffer.alloc(50 * MEGABYTE, 'word '));
    writeFileSync(join(where.root, 'lines.ts'), Buffer.alloc(50 * MEGABYTE, 'let word;\n'));
    writeFileSync(join(where.root, 'short.ts'), 'export const value7 = 1;\n');
    const { megabytes, ...indexed } = await indexApart(where, 100 * MEGABYTE);
    expect(indexed).toMatchObject({ files: 1, reasons: ['too large'], hits: 1 });
    expect(megabytes).toBeLessThan(300);
  });

  it('in one line is left out', async () => {
    const where = place();
    writeFileSync(join(where.root, 'line.ts'), Buffer.alloc(15 * MEGABYTE, 'word '));
    writeFileSync(join(where.root, 'short.ts'), 'export const value7 = 1;\n');
    const indexed = await indexApart(where, 100 * MEGABYTE);
    expect(indexed).toMatchObject({ files: 1, reasons: ['minified'], hits: 1 });
  });

  it('of 16 MB in lines of code is indexed, within 1.1 GB with all that answers searches', async () => {
    const where = place();
    const file = createWriteStream(join(where.root, 'lines.ts'));
    for (let line = 0; line < 560_000; line++)
      file.write(`export const value${line % 5000} = ${line % 77};\n`);
    await finished(file.end());
    const { files, chunks, hits, megabytes } = await indexApart(where, 100 * MEGABYTE);
    expect({ files, hits }).toEqual({ files: 1, hits: 10 });
    expect(chunks).toBeGreaterThan(8_000);
    expect(megabytes).toBeLessThan(1100);
  });
});
