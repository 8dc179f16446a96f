// @ts-check
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Whose work the grammars are that packages ship without their licences: all under the MIT licence, as of the versions
 * on npm.
 */
const GRAMMARS = {
  'tree-sitter-bash': ['Copyright (c) 2017 Max Brunsfeld'],
  'tree-sitter-c-sharp': [
    'Copyright (c) 2014-2023 Max Brunsfeld, Damien Guard, Amaan Qureshi, and contributors.',
  ],
  'tree-sitter-cpp': ['Copyright (c) 2014 Max Brunsfeld'],
  'tree-sitter-css': ['Copyright (c) 2018 Max Brunsfeld'],
  'tree-sitter-go': ['Copyright (c) 2014 Max Brunsfeld'],
  'tree-sitter-java': ['Copyright (c) 2017 Ayman Nadeem'],
  'tree-sitter-javascript': ['Copyright (c) 2014 Max Brunsfeld'],
  'tree-sitter-kotlin': ['Copyright (c) 2019 fwcd'],
  'tree-sitter-php': [
    'Copyright (c) 2017 Josh Vera, GitHub',
    'Copyright (c) 2019 Max Brunsfeld, Amaan Qureshi, Christian Frøystad, Caleb White',
  ],
  'tree-sitter-powershell': ['Copyright (c) 2023 Airbus CERT'],
  'tree-sitter-python': ['Copyright (c) 2016 Max Brunsfeld'],
  'tree-sitter-ruby': ['Copyright (c) 2016 Rob Rix'],
  'tree-sitter-rust': ['Copyright (c) 2017 Maxim Sokolov'],
  'tree-sitter-tsx and tree-sitter-typescript': ['Copyright (c) 2017 Max Brunsfeld'],
};

const RULE = `\n\n${'-'.repeat(80)}\n\n`;
const MIT = /Permission is hereby granted[^]*/;

/**
 * The licences of all code of others that ships: of the packages in the bundles, and of those whose files are copied.
 * Throws when one of them comes without the text of its licence.
 *
 * @param {import('esbuild').Metafile['outputs']} outputs of the bundles
 * @param {readonly string[]} copied folders of packages
 */
export function thirdPartyNotices(outputs, copied) {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  // Paths with a scheme stand for modules that were emptied.
  const folders = inputs.flatMap(([path, { bytesInOutput }]) => {
    const [folder] = /^(?!\w{2,}:).*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path.replaceAll('\\', '/')) ?? [];
    return folder !== undefined && bytesInOutput > 0 ? [resolve(folder)] : [];
  });
  const notices = [...new Set([...folders, ...copied.map((folder) => resolve(folder))])].map(noticeOf);
  const licence = MIT.exec(notices.find((notice) => notice.includes('tree-sitter-html')) ?? '')?.[0];
  if (licence === undefined) throw new Error('The licence of the grammars is missing.');
  const grammars = Object.entries(GRAMMARS).map(([name, lines]) => `${name}\n${lines.join('\n')}`);
  const intro = 'Touchstone contains the work of others, under these licences.';
  const ofGrammars = `Grammars in WebAssembly (MIT)\n\n${grammars.join('\n\n')}\n\n${licence.trim()}`;
  return `${[intro, ...notices.sort(), ofGrammars].join(RULE)}\n`;
}

/** @param {string} folder */
function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  if (files.length === 0) throw new Error(`${name} ${version} has no file with its licence.`);
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
}
