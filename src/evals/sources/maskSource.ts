import { isWordCode } from '../../core/text/lexer.ts';
import type { CompletionCase, MaskKind } from '../evalCase.ts';
import type { CaseSource } from '../workspace.ts';
import { CodeParts } from '../codeParts.ts';
import type { SourceFile } from '../sourceFile.ts';
import { stableHash, stableId } from '../sampling.ts';

const ID = 'mask';
/** Lines drawn from one file, for each kind of mask at most a share of them. */
const LINES_A_FILE = 24;
const MAX_LINE = 300;
/** Files of fewer characters are little but imports and boilerplate. */
const MIN_FILE = 400;
const MIN_TOKENS = 2;
const MAX_TOKENS = 60;
/** Inside an identifier the cursor stands after one to so many characters. */
const MAX_TYPED = 3;

/** Shares of the kinds of masks. */
export const MASK_MIX: Readonly<Record<MaskKind, number>> = {
  'line-start': 0.25,
  'token-border': 0.5,
  'inside-identifier': 0.25,
};

/** What compilers write at the top of every file. */
const BOILERPLATE = /^#!|__esModule|\b__importDefault\b|\btslib\b/;

interface Line {
  /** 0-based. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly key: number;
}

type Token = readonly [start: number, end: number];

/**
 * Hides the rest of a line of code: from its start, from between two tokens, or from inside an identifier. All lines
 * are equally likely; tests, comments and the inside of strings are left out.
 */
export function createMaskSource(seed: number): CaseSource<CompletionCase> {
  return {
    id: ID,
    label: 'Rest of a line',
    casesIn(file) {
      if (file.isTest || !file.language || file.text.length < MIN_FILE) return [];
      const parts = new CodeParts(file.text, file.language);
      const ids = new Set<string>();
      return linesOf(file, seed).flatMap((line): CompletionCase[] => {
        const mask = maskIn(file, line, parts);
        if (!mask || ids.has(mask.id) || ids.size >= LINES_A_FILE) return [];
        ids.add(mask.id);
        return [mask];
      });
    },
  };
}

/** The lines with at least a word, in the order of the seed. */
function linesOf({ path, lines, text }: SourceFile, seed: number): readonly Line[] {
  const found: Line[] = [];
  let start = 0;
  for (const [number, line] of lines.entries()) {
    const end = start + line.length;
    if (line.length <= MAX_LINE && /[A-Za-z_]{2}/.test(line)) {
      found.push({ number, start, end, text: line, key: stableHash(seed, path, line, `${number}`) });
    }
    start = end + (text.startsWith('\r\n', end) ? 2 : 1);
  }
  return found.sort((a, b) => a.key - b.key);
}

function maskIn(file: SourceFile, line: Line, parts: CodeParts): CompletionCase | undefined {
  const { path, folder, language } = file;
  const tokens = tokensOf(line).filter(([start]) => parts.isCode(start));
  if (BOILERPLATE.test(line.text) || !tokens.some(([start, end]) => isName(file.text, start, end)))
    return undefined;
  const indent = line.text.length - line.text.trimStart().length;
  if (tokens.length < MIN_TOKENS || tokens.length > MAX_TOKENS || !parts.isCode(line.start + indent)) {
    return undefined;
  }
  const kind = kindOf(line.key);
  const offset = cursorIn(file.text, tokens, kind, line.key >>> 7);
  if (offset === undefined || !language) return undefined;
  const expected = file.text.slice(offset, parts.commentIn(offset, line.end)).trimEnd();
  if (expected === '') return undefined;
  return {
    id: `${ID}:${path}#${stableId(line.text.trim(), kind, `${offset - line.start - indent}`)}`,
    source: ID,
    language: language.name,
    folder,
    path,
    kind,
    line: line.number + 1,
    offset,
    lineEnd: line.end,
    expected,
  };
}

/** Spread evenly over the keys in the shares of the mix. */
function kindOf(key: number): MaskKind {
  const share = (key % 128) / 128;
  if (share < MASK_MIX['line-start']) return 'line-start';
  return share < MASK_MIX['line-start'] + MASK_MIX['token-border'] ? 'token-border' : 'inside-identifier';
}

function cursorIn(text: string, tokens: readonly Token[], kind: MaskKind, key: number): number | undefined {
  if (kind === 'line-start') return tokens[0]?.[0];
  if (kind === 'token-border') return pick(tokens.slice(1), key)?.[0];
  const names = tokens.filter(([start, end]) => isName(text, start, end));
  const name = pick(names, key);
  if (!name) return undefined;
  const [start, end] = name;
  return start + 1 + ((key >>> 8) % Math.min(MAX_TYPED, end - start - 1));
}

function isName(text: string, start: number, end: number): boolean {
  return end - start > 1 && /[\p{L}_$]/u.test(text[start] ?? '');
}

function pick<T>(from: readonly T[], key: number): T | undefined {
  return from[key % Math.max(1, from.length)];
}

/** Words, and every other sign by itself, by offset in the file. */
function tokensOf({ start, text }: Line): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; at++) {
    if (/\s/.test(text[at] ?? '')) continue;
    const from = at;
    if (isWordCode(text.charCodeAt(at))) while (isWordCode(text.charCodeAt(at + 1))) at++;
    tokens.push([start + from, start + at + 1]);
  }
  return tokens;
}
