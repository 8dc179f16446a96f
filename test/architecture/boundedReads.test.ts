import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';
import * as tseslint from 'typescript-eslint';
import { boundedReads, READERS } from './rules/boundedReads.mjs';

function problems(code: string): readonly string[] {
  const found = new Linter().verify(code, {
    languageOptions: { parser: tseslint.parser },
    rules: { 'no-restricted-syntax': ['error', ...boundedReads] },
  });
  return found.map(({ message }) => message);
}

describe('the linter finds', () => {
  test.each([
    "import { readFile } from 'node:fs/promises';",
    "import { readFile as get } from 'fs/promises';",
    "import { readFileSync } from 'node:fs';",
    "import { createReadStream } from 'node:fs';",
    "import { openSync } from 'fs';",
    "import { open, type FileHandle } from 'node:fs/promises';",
    "import { openAsBlob } from 'node:fs';",
    "import { promises } from 'node:fs';",
    "import * as fs from 'node:fs';",
    "import fs from 'node:fs/promises';",
    "const fs = await import('node:fs/promises');",
    "const fs = require('fs');",
    "const fs = process.getBuiltinModule('node:fs');",
    'const bytes = await workspace.fs.readFile(uri);',
    'const bytes = await vscode.workspace.fs.readFile(uri);',
  ])('%s', (code) => {
    expect(problems(code)).toHaveLength(1);
  });
});

describe('the linter lets pass', () => {
  test.each([
    "import { lstat, realpath } from 'node:fs/promises';",
    "import type { FileHandle } from 'node:fs/promises';",
    "import { readFile } from '../indexing/discover.ts';",
    'await tree.read(path, MAX_BYTES);',
    'this.#workspace.open(folder);',
  ])('%s', (code) => {
    expect(problems(code)).toEqual([]);
  });
});

test.each(READERS)('%s reads in a way of its own, and is listed for no other reason', (file) => {
  const code = readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
  expect(problems(code).length).toBeGreaterThan(0);
});
