// `npm run structure [-- another checkout]`: the figures of docs/architecture.md, as a row of its table.
import { resolve } from 'node:path';
import { readSources, repository } from './rules/sourceFiles.ts';
import { structureOf } from './rules/structure.ts';

const root = resolve(process.argv[2] ?? repository);
const figures = structureOf(readSources('src', root), readSources('test', root));
for (const [name, value] of Object.entries(figures)) {
  process.stdout.write(`${name.padEnd(20)} ${String(value)}\n`);
}
