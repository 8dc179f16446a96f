import type { Random } from '../../support/seededRandom.ts';

const NAMES =
  'gate bell visitor journal ledger anchor beacon harbor signal window folder shard segment reader writer'.split(
    ' ',
  );
const VERBS = 'open close ring write read follow commit sweep load merge'.split(' ');

/** Words that every generated folder is full of: searching for them finds something. */
export const QUERIES: readonly string[] = [
  'open gate for visitor',
  'ringBell',
  'mergeShard segment',
  'where is the journal written',
  'folder1/file2',
];

/** Made-up source of `functions` short functions. */
export function sourceText(random: Random, functions: number): string {
  return Array.from({ length: functions }, () => sourceFunction(random)).join('\n');
}

function sourceFunction(random: Random): string {
  const [verb, name, other] = [random.pick(VERBS), random.pick(NAMES), random.pick(NAMES)];
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const number = random.below(1_000_000);
  return `/** Lets the ${other} ${verb} its ${name}. */
export function ${verb}${title}${number}(${other}: string, count = ${random.below(100)}): boolean {
  const ${name} = ${other}.length > count;
  if (${name}) ${random.pick(NAMES)}.${random.pick(VERBS)}({ kind: '${other}', number: ${number} });
  return ${name} || ${random.pick(NAMES)}.${random.pick(VERBS)}(count + ${random.below(10)});
}
`;
}
