/**
 * Whether `path` is one of git's own files of these names: right in a `.git` folder, or in the part of it that a submodule or a
 * worktree has to itself. Names are relative, such as `info/exclude`.
 */
export function isGitFile(path: string, names: readonly string[]): boolean {
  const name = names.find((each) => path === each || path.endsWith(`/${each}`));
  if (name === undefined) return false;
  const folder = `/${path.slice(0, path.length - name.length)}`;
  if (folder.endsWith('/.git/')) return true;
  return ['/.git/modules/', '/.git/worktrees/'].some((part) => {
    const at = folder.indexOf(part);
    return at >= 0 && folder.length > at + part.length;
  });
}
