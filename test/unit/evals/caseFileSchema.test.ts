import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { caseFileSchema } from '../../../src/evals/authored/caseFileSchema.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const FILE = 'media/evalCases.schema.json';

/** `UPDATE_GOLDEN=1` writes the file; `npm run format` then brings it into shape. */
test('the JSON schema that editors use is made from the schema that files are read with', () => {
  const schema = z.toJSONSchema(caseFileSchema, { io: 'input' });
  const file = resolve(ROOT, FILE);
  if (process.env['UPDATE_GOLDEN']) writeFileSync(file, JSON.stringify(schema, null, 2));
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
});

test('the manifest offers it to the YAML extension', () => {
  const manifest = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as {
    contributes: { yamlValidation?: unknown };
  };
  expect(manifest.contributes.yamlValidation).toEqual([
    { fileMatch: ['*.eval.yaml', '*.eval.yml'], url: `./${FILE}` },
  ]);
});
