import type { FileTree } from '../ports/files.ts';
import type { Digest } from '../ports/runtime.ts';
import { decodeText } from './decodeText.ts';
import type { FoundFile } from './folderWalk.ts';
import type { SkipReason } from '../ports/indexStore.ts';
import { skipByText } from './skipByText.ts';

export type ReadFile =
  | { readonly kind: 'text'; readonly text: string; readonly hash: string }
  /** The bytes are those that `knownHash` was made of. */
  | { readonly kind: 'same'; readonly hash: string }
  | { readonly kind: 'skip'; readonly reason: SkipReason };

/** Reads a file and judges it by its content. A file that vanished meanwhile is skipped like an unreadable one. */
export async function readFile(
  tree: FileTree,
  hash: Digest,
  { path }: FoundFile,
  knownHash: string | undefined,
): Promise<ReadFile> {
  let bytes: Uint8Array;
  try {
    bytes = await tree.read(path);
  } catch {
    return { kind: 'skip', reason: 'unreadable' };
  }
  const digest = hash(bytes);
  if (digest === knownHash) return { kind: 'same', hash: digest };
  const text = decodeText(bytes);
  if (text === undefined) return { kind: 'skip', reason: 'binary' };
  const reason = skipByText(text);
  return reason === undefined ? { kind: 'text', text, hash: digest } : { kind: 'skip', reason };
}
