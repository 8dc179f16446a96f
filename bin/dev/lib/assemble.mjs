// @ts-check
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import openWabt from 'wabt';

/** The module beside each of these, in base64, is made by `node bin/dev/assemble.mjs`. Relative to the root. */
export const ASSEMBLED = [
  'src/adapters/vectra/scan/scan.wat',
  'src/adapters/vectra/scan/scanRelaxed.wat',
  'src/bench/readMemory.wat',
];

/** @param {string} source path of a module as text @returns {string} path of the TypeScript that holds its bytes */
export function assembledPath(source) {
  return source.replace(/\.wat$/, 'Wasm.ts');
}

/** @param {string} file absolute path of a module as text @returns {Promise<string>} TypeScript that holds its bytes */
export async function assemble(file) {
  const wabt = await openWabt();
  const name = basename(file);
  const module = wabt.parseWat(name, await readFile(file, 'utf8'), { simd: true, relaxed_simd: true });
  const { buffer } = module.toBinary({});
  module.destroy();
  const text = Buffer.from(buffer).toString('base64');
  const lines = (text.match(/.{1,100}/g) ?? []).map((line) => `  '${line}'`).join(' +\n');
  const variable = `${name
    .replace(/\.wat$/, '')
    .replace(/[A-Z]/g, (letter) => `_${letter}`)
    .toUpperCase()}_WASM`;
  return `/** ${name} assembled, in base64. Written by \`node bin/dev/assemble.mjs\`. */\nexport const ${variable} =\n${lines};\n`;
}
