import { SecretPathError } from '../errors/pathErrors.ts';
import type { FileTree } from '../ports/files.ts';
import { isSecretPath } from './isSecretPath.ts';

/**
 * The same files, except that those that hold credentials cannot be read, by no link either. Whatever reads files to
 * answer a question, to serve a tool or to fill a prompt reads them through this.
 */
export function withoutSecretFiles(tree: FileTree): FileTree {
  return {
    place: tree.place,
    list: (folder) => tree.list(folder),
    stat: (path) => tree.stat(path),
    realPath: (path) => tree.realPath(path),
    async read(path, maxBytes) {
      const { place } = tree;
      if (isSecretPath(path, place) || isSecretPath(await tree.realPath(path), place)) {
        throw new SecretPathError(path);
      }
      return tree.read(path, maxBytes);
    },
  };
}
