import { CodeParts } from './codeParts.ts';
import { languageOf } from './languages.ts';

/** Tells whether code is well-formed, as far as it can. */
export interface SyntaxCheck {
  /** `undefined` where it cannot tell, such as for a language it does not know. */
  isWellFormed(path: string, text: string): boolean | undefined;
}

const BRACKETS = /[()[\]{}]/g;
const OPENS = new Map(Object.entries({ ')': '(', ']': '[', '}': '{' }));

/**
 * Well-formed as far as brackets, strings and block comments tell: every one that opens is closed, in the right order.
 * Sees most suggestions that break a file and knows no grammar: a missing operator or keyword goes unseen.
 */
export const bracketBalance: SyntaxCheck = {
  isWellFormed: (path, text) => {
    const language = languageOf(path);
    if (!language) return undefined;
    const parts = new CodeParts(text, language);
    return parts.unclosed === 0 && isBalanced(text, parts);
  },
};

function isBalanced(text: string, parts: CodeParts): boolean {
  const open: string[] = [];
  for (const { index, 0: bracket } of text.matchAll(BRACKETS)) {
    if (!parts.isCode(index)) continue;
    const opener = OPENS.get(bracket);
    if (opener === undefined) open.push(bracket);
    else if (open.pop() !== opener) return false;
  }
  return open.length === 0;
}
