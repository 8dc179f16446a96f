import { gapOf, isWordCode, wordOf } from '../text/lexer.ts';

/** What a token's text can mean at the start of a definition, in any of the common languages. */
export const Role = {
  /** Punctuation and numbers with no part in a definition's head. */
  Other: 0,
  Name: 1,
  /** Is followed by the name it defines: `function`, `class`, `def`. */
  Definer: 2,
  /** May stand before a definition: `export`, `static`, `pub`. */
  Modifier: 3,
  /** Binds a name to a value: `const`, `let`. */
  Binder: 4,
  /** Begins or continues a statement, so that no definition follows: `return`, `if`. */
  Statement: 5,
  OpenParenthesis: 6,
  CloseParenthesis: 7,
  OpenBrace: 8,
  CloseBrace: 9,
  Equals: 10,
  Colon: 11,
  Arrow: 12,
  /** `.` and `->`: the name after it belongs to a value. */
  Dot: 13,
  /** May stand within a type or a qualified name: `*`, `[`, `::`. */
  TypeMark: 14,
  Semicolon: 15,
  /** `function`, which also makes values without a name. */
  Function: 16,
  Hash: 17,
  LineBreak: 18,
  OpenAngle: 19,
  CloseAngle: 20,
  /** `>>`, which closes two lists of type arguments. */
  CloseAngles: 21,
  /** Begins a comment or an annotation. */
  Comment: 22,
  Quote: 23,
  /** Begins a statement, too; as a value it is what another file defines: `require`. */
  Import: 24,
  /** A modifier that is said of members and of what files share, hardly of what is local: `public`, `static`. */
  Access: 25,
  /** A modifier of what is defined elsewhere in the line, if at all: `export PATH=…` defines nothing. */
  Export: 26,
  /** `@`, which begins an annotation. */
  At: 27,
  /** `::`, between the parts of a name. */
  PathMark: 28,
  /** Follows the parameters of a generic function: `where T : class`. */
  Where: 29,
  Typedef: 30,
  /** A name in capitals, as macros have: `MY_API`. */
  Capitals: 31,
  Dash: 32,
} as const;

export type WordRole = (typeof Role)[keyof typeof Role];

const ROLES = new Map<string, WordRole>();
const assign = (role: WordRole, texts: string): void => {
  for (const text of texts.split(' ')) ROLES.set(text, role);
};
assign(
  Role.Definer,
  'class def func fn fun struct interface type enum trait impl mod module namespace union record protocol macro ' +
    'define defp defmodule defn defun sub procedure object typealias extension actor',
);
assign(Role.Function, 'function');
assign(
  Role.Modifier,
  'default async final inline extern unsafe declare get set partial suspend constexpr consteval explicit friend native ' +
    'synchronized noexcept throws crate companion implicit data value annotation inner actual expect operator infix ' +
    'tailrec indirect convenience required mutating delegate event template transient volatile',
);
assign(
  Role.Access,
  'public private protected internal fileprivate static abstract override virtual pub readonly sealed open lateinit',
);
assign(Role.Export, 'export');
assign(Role.Binder, 'const let var val lazy local');
assign(Role.Where, 'where');
assign(Role.Typedef, 'typedef');
assign(
  Role.Statement,
  'if else for while do switch case catch try finally return throw new await yield delete typeof sizeof instanceof ' +
    'assert from using use include in not and or is raise except elif with unless when match goto ' +
    'break continue extends implements super print',
);
assign(Role.Import, 'import require');
assign(Role.OpenParenthesis, '(');
assign(Role.CloseParenthesis, ')');
assign(Role.OpenBrace, '{');
assign(Role.CloseBrace, '}');
assign(Role.Equals, '= :=');
assign(Role.Colon, ':');
assign(Role.Arrow, '=>');
assign(Role.Dot, '. ->');
assign(Role.TypeMark, '* & && [ ] , ? ~ ** ...');
assign(Role.PathMark, '::');
assign(Role.Dash, '-');
assign(Role.Semicolon, ';');
assign(Role.OpenAngle, '<');
assign(Role.CloseAngle, '>');
assign(Role.CloseAngles, '>>');
assign(Role.Comment, '// /* */ --');
assign(Role.At, '@');
assign(Role.Quote, '" \'');
assign(Role.Hash, '#');
assign(Role.LineBreak, '\n');

const CAPITALS = /^[A-Z][A-Z0-9]*_[A-Z0-9_]*$/;

/** The role of a token's text; keywords of one language that are names in another are told apart by position. */
export function roleOf(text: string): WordRole {
  const role = ROLES.get(text);
  if (role !== undefined) return role;
  const code = text.charCodeAt(0);
  if (!isWordCode(code) || (code >= 48 && code <= 57)) return Role.Other;
  return CAPITALS.test(text) ? Role.Capitals : Role.Name;
}

/** A file's token stream with the role of every word, up to `end` (exclusive). Reading past it gives line breaks. */
export class RoledCode {
  readonly end: number;
  readonly #tokens: Uint32Array;
  readonly #roles: Uint8Array;

  /** `roles[w]` is the role of word `w`, the line break's (word 0) included. */
  constructor(tokens: Uint32Array, roles: Uint8Array, end: number) {
    this.#tokens = tokens;
    this.#roles = roles;
    this.end = end;
  }

  word(at: number): number {
    return wordOf(this.#tokens[at] ?? 0);
  }

  role(at: number): WordRole {
    if (at >= this.end) return Role.LineBreak;
    return (this.#roles[wordOf(this.#tokens[at] ?? 0)] ?? Role.Other) as WordRole;
  }

  gap(at: number): number {
    return at < this.end ? gapOf(this.#tokens[at] ?? 0) : 0;
  }

  /** The index of the next line break after `at`, or `end`. */
  lineEnd(at: number): number {
    let next = at + 1;
    while (next < this.end && wordOf(this.#tokens[next] ?? 0) !== 0) next++;
    return next;
  }
}

const STEP_WORDS = 4096;

/** The role of each word id of a segment, given its words: see `wordRole.ts`. */
export function* rolesIncrementally(words: readonly string[]): Generator<void, Uint8Array> {
  const roles = new Uint8Array(words.length + 1);
  roles[0] = roleOf('\n');
  for (const [at, text] of words.entries()) {
    if (at % STEP_WORDS === STEP_WORDS - 1) yield;
    roles[at + 1] = roleOf(text);
  }
  return roles;
}
