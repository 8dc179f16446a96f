import { languageTag } from '../chat/languageTag.ts';
import { codeFence } from '../grounding/markdownText.ts';

/** An excerpt of a file, as it is shown to a model. */
export interface SourceBlock {
  readonly path: string;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  readonly lines: readonly string[];
}

/**
 * Characters that a person reading the file does not see but a model does: controls, zero-width and bidirectional marks,
 * and the tag characters with which whole sentences can be hidden (https://www.unicode.org/charts/PDF/UE0000.pdf).
 */
const UNSEEN =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]|[\u{E0000}-\u{E007F}]/gu;

/** `[number] path:lines` and the code in a fence that nothing within the code can close. */
export function renderSourceBlock(block: SourceBlock, number: number): string {
  const path = withoutUnseen(block.path).replace(/\s/g, ' ');
  const head = `[${number}] ${path}:${block.startLine}-${block.endLine}`;
  return [head, ...codeFence(block.lines.map(withoutUnseen), languageTag(path))].join('\n');
}

/** Text from a file, without what only a model would see. */
export function withoutUnseen(text: string): string {
  return text.replace(UNSEEN, '');
}
