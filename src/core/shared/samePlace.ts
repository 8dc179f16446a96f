/**
 * Whether a path with all links resolved is the path itself, so that no link is on the way: on some disks names of another
 * case, or of letters composed otherwise, lead to the same file.
 */
export function isSamePlace(path: string, resolved: string): boolean {
  return path === resolved || plain(path) === plain(resolved);
}

function plain(path: string): string {
  return path.normalize().toLowerCase();
}
