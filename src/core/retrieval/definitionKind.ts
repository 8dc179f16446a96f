import { wordSet } from '../text/wordSet.ts';

/** What sort of thing a definition defines, as its line shows. */
export const DefinitionKind = {
  /** Headings, too. */
  Value: 0,
  Function: 1,
  /** A function that says yes or no, by its name. */
  Predicate: 2,
  Type: 3,
  /** Adds to a type that is defined elsewhere. */
  Extension: 4,
} as const;

export type DefinitionKind = (typeof DefinitionKind)[keyof typeof DefinitionKind];

const TYPE_WORDS = wordSet(
  'class interface struct enum trait type record union typedef typealias protocol object module namespace mod',
);
const EXTENSION_WORDS = wordSet('extension impl');
const FUNCTION_WORDS = wordSet('function def defp func fn fun sub procedure macro defmacro defn defun');
const PREDICATE = /^_*(?:is|has|can|should|needs|was|are)[A-Z_]|^_*(?:Is|Has|Can|Should)[A-Z]/;

/** Tells the kind from the words of the line before the name, the name itself, and the words after it. */
export function definitionKind(
  before: readonly string[],
  name: string,
  after: readonly string[],
): DefinitionKind {
  if (before.some((word) => EXTENSION_WORDS.has(word))) return DefinitionKind.Extension;
  // `module.exports.name = …` is no module.
  if (before.some((word, at) => TYPE_WORDS.has(word) && before[at + 1] !== '.')) return DefinitionKind.Type;
  const isFunction =
    before.some((word) => FUNCTION_WORDS.has(word)) ||
    after[0] === '(' ||
    after[0] === '<' ||
    after.some((word) => word === '=>' || FUNCTION_WORDS.has(word));
  if (!isFunction) return DefinitionKind.Value;
  return PREDICATE.test(name) ? DefinitionKind.Predicate : DefinitionKind.Function;
}
