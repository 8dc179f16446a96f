import { languageTag } from '../text/languageTag.ts';
import { codeFence, inlineCode } from '../text/markdownText.ts';
import { withoutUnseen } from '../text/unseen.ts';
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

const SECRET_LINES = ['(left out: a file for credentials)'];

/**
 * `[number] path:lines`, what the excerpt lies in, and the code in a fence that nothing within the code can close; without
 * characters that a person does not see. Of a file that holds credentials only the path is told, however it came here.
 */
export function renderSourceBlock(block: SourceBlock, number: number): string {
  const lines = isSecretPath(block.path) ? SECRET_LINES : block.lines;
  const path = withoutUnseen(block.path.replace(/\s/g, ' '));
  const head = `[${number}] ${path}:${block.startLine}-${block.endLine}`;
  const scopes = isSecretPath(block.path) ? [] : (block.scopes ?? []).map(withoutUnseen).map(inlineCode);
  const inside = scopes.length === 0 ? [] : [`Inside ${scopes.join(' › ')}`];
  return [head, ...inside, ...codeFence(lines.map(withoutUnseen), languageTag(path))].join('\n');
}
