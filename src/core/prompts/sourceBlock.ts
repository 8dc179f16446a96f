import { languageTag } from '../text/languageTag.ts';
import { codeFence, inlineCode } from '../text/markdownText.ts';
import { isSecretPath } from '../secrets/isSecretPath.ts';

/** An excerpt of a file, as it is shown to a model. */
export interface SourceBlock {
  readonly path: string;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  readonly lines: readonly string[];
  /** The first lines of the definitions around it, outermost first; absent when it lies in none. */
  readonly scopes?: readonly string[];
}

/**
 * Characters that a person reading the file does not see but a model does: controls, zero-width and bidirectional marks,
 * and the tag characters with which whole sentences can be hidden (https://www.unicode.org/charts/PDF/UE0000.pdf).
 */
const UNSEEN =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]|[\u{E0000}-\u{E007F}]/gu;

const SECRET_LINES = ['(left out: a file for credentials)'];

/**
 * `[number] path:lines`, what the excerpt lies in, and the code in a fence that nothing within the code can close. Of a file that holds credentials
 * only the path is told, however it came here.
 */
export function renderSourceBlock(block: SourceBlock, number: number): string {
  const lines = isSecretPath(block.path) ? SECRET_LINES : block.lines;
  const path = withoutUnseen(block.path).replace(/\s/g, ' ');
  const head = `[${number}] ${path}:${block.startLine}-${block.endLine}`;
  const scopes = isSecretPath(block.path) ? [] : (block.scopes ?? []).map(withoutUnseen).map(inlineCode);
  const inside = scopes.length === 0 ? [] : [`Inside ${scopes.join(' › ')}`];
  return [head, ...inside, ...codeFence(lines.map(withoutUnseen), languageTag(path))].join('\n');
}

/** Text from a file, without what only a model would see. */
export function withoutUnseen(text: string): string {
  return text.replace(UNSEEN, '');
}
