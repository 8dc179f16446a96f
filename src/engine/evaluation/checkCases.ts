import { createNodeFileTree } from '../../adapters/files/nodeFileTree.ts';
import type { CaseProblem } from '../../evals/authored/caseProblem.ts';
import { casesOfFile } from '../../evals/authored/casesOfFile.ts';
import { referencedPaths } from '../../evals/authored/goldReference.ts';
import { SourceFile } from '../../evals/sourceFile.ts';
import { decodeText } from '../../core/indexing/decodeText.ts';
import { withoutSecretFiles } from '../../core/secrets/withoutSecretFiles.ts';
import type { FileTree } from '../../core/ports/files.ts';
import type { CaseFileToCheck } from '../../protocol/evaluation.ts';

/** More than anybody writes by hand; larger files are not worth the wait. */
const MAX_BYTES = 4_000_000;

/** What an evaluation of the folder will say about a file of cases, given by its text, which need not be saved. */
export async function checkCases({ root, path, text }: CaseFileToCheck): Promise<readonly CaseProblem[]> {
  const tree = withoutSecretFiles(await createNodeFileTree(root));
  const files = new Map<string, SourceFile>();
  for (const each of referencedPaths(text)) {
    const content = await readText(tree, each);
    if (content !== undefined) files.set(each, new SourceFile(each, content));
  }
  return casesOfFile(path, text, (at) => files.get(at)).problems;
}

async function readText(tree: FileTree, path: string): Promise<string | undefined> {
  try {
    return decodeText(await tree.read(path, MAX_BYTES));
  } catch {
    // Outside of the folder, unreadable, too large or gone: the same to who refers to it.
    return undefined;
  }
}
