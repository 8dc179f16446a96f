import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { parse } from './rules/imports.ts';
import { readJson, repository, type Violations } from './rules/sourceFiles.ts';

const read = (path: string) => readFileSync(join(repository, path), 'utf8');

/** Fields and values of the ledger's records that the page does not show as code. */
function undocumented(records: string, page: string): Violations {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertySignature(node)) names.add(node.name.getText());
    if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) names.add(node.literal.text);
    ts.forEachChild(node, visit);
  };
  visit(parse('record.ts', records));
  return [...names].filter((name) => !page.includes(`\`${name}\``));
}

/** Why a model stopped is in the same file as what it used, and not recorded. */
const notStored = new Set(['stop', 'length', 'tool', 'filter', 'other']);

test('the privacy page lists every field and value that the ledger stores', () => {
  const page = read('docs/privacy.md');
  const records = ['src/core/ports/signalRecord.ts', 'src/core/shared/provenance.ts'];
  const missing = records.flatMap((path) => undocumented(read(path), page));
  expect(missing.filter((name) => !notStored.has(name))).toEqual([]);
});

test('the privacy page names the setting that switches recording off', () => {
  const page = read('docs/privacy.md');
  const manifest = readJson('package.json') as {
    contributes: { configuration: { properties: Record<string, unknown> } };
  };
  expect(Object.keys(manifest.contributes.configuration.properties)).toContain('touchstone.signals.enabled');
  expect(page).toContain('`touchstone.signals.enabled`');
});

test('reports a field or value that was added without a word', () => {
  const records = "interface A { readonly kind: 'offered'; readonly author?: string; readonly at: number }";
  expect(undocumented(records, 'It has a `kind`, which is `offered`, and a time `at`.')).toEqual(['author']);
  expect(undocumented("type Reason = 'old' | 'new';", '`old`')).toEqual(['new']);
});
