/** How a language writes the comment that documents a definition. */
export type DocStyle = 'block' | 'slashes' | 'lines' | 'hashes' | 'docstring';

/** What building cases needs to know of a language. */
export interface Language {
  readonly name: string;
  readonly docStyles: readonly DocStyle[];
  /** The family of comment and string signs: that of C, or that of Python and the shells. */
  readonly signs: 'c' | 'hash';
}

const LANGUAGES: readonly (Language & { readonly extensions: string })[] = [
  { name: 'TypeScript', extensions: 'ts tsx mts cts', docStyles: ['block'], signs: 'c' },
  { name: 'JavaScript', extensions: 'js jsx mjs cjs', docStyles: ['block'], signs: 'c' },
  { name: 'Python', extensions: 'py pyi', docStyles: ['docstring'], signs: 'hash' },
  { name: 'Go', extensions: 'go', docStyles: ['lines'], signs: 'c' },
  { name: 'Rust', extensions: 'rs', docStyles: ['slashes'], signs: 'c' },
  { name: 'Java', extensions: 'java', docStyles: ['block'], signs: 'c' },
  { name: 'Kotlin', extensions: 'kt kts', docStyles: ['block'], signs: 'c' },
  { name: 'Scala', extensions: 'scala', docStyles: ['block'], signs: 'c' },
  { name: 'C#', extensions: 'cs', docStyles: ['slashes', 'block'], signs: 'c' },
  { name: 'C', extensions: 'c h', docStyles: ['block', 'slashes'], signs: 'c' },
  { name: 'C++', extensions: 'cc cpp cxx hh hpp hxx', docStyles: ['block', 'slashes'], signs: 'c' },
  { name: 'Swift', extensions: 'swift', docStyles: ['slashes', 'block'], signs: 'c' },
  { name: 'Dart', extensions: 'dart', docStyles: ['slashes'], signs: 'c' },
  { name: 'PHP', extensions: 'php', docStyles: ['block'], signs: 'c' },
  { name: 'Ruby', extensions: 'rb', docStyles: ['hashes'], signs: 'hash' },
];

const BY_EXTENSION = new Map(
  LANGUAGES.flatMap((language) =>
    language.extensions.split(' ').map((extension) => [extension, language] as const),
  ),
);

/** The language of a source file by its name; `undefined` for all that is not source. */
export function languageOf(path: string): Language | undefined {
  return BY_EXTENSION.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
}
