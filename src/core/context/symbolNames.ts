/** Names that language servers are asked for, at most. */
const MOST = 3;
/** In backticks, with a call's parentheses, or with an inner border: `user_name`, `userName`, `UserName`. */
const NAMES =
  /`([\p{L}_$][\p{L}\p{N}_$]*)(?:\(\))?`|([\p{L}_$][\p{L}\p{N}_$]*)\(\)|\b([\p{L}_$][\p{L}\p{N}$]*(?:_[\p{L}\p{N}$]+|\p{Ll}\p{Lu}[\p{L}\p{N}$]*)[\p{L}\p{N}_$]*)/gu;

/** The names in a question that cannot be ordinary words, in its order, each once. */
export function symbolNamesIn(question: string): readonly string[] {
  const names = [...question.matchAll(NAMES)].map(
    ([, quoted, called, written]) => quoted ?? called ?? written ?? '',
  );
  return [...new Set(names)].slice(0, MOST);
}
