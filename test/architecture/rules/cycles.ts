import type { Import } from './imports.ts';
import type { Violations } from './sourceFiles.ts';

/** Import cycles, erased imports included, each found once: `a.ts → b.ts → a.ts`. */
export function cycleViolations(imports: readonly Import[]): Violations {
  const targets = new Map<string, Set<string>>();
  for (const { from, to, kind } of imports) {
    if (kind === 'file') targets.set(from, (targets.get(from) ?? new Set()).add(to));
  }
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    } else if (!done.has(path)) {
      for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
      done.add(path);
    }
  };
  for (const path of targets.keys()) visit(path, []);
  return cycles;
}

/** Files that no entry point reaches by any import. */
export function unusedFileViolations(
  paths: Iterable<string>,
  imports: readonly Import[],
  entryPoints: readonly string[],
): Violations {
  const reached = new Set(entryPoints);
  // A set yields what is added to it while it is walked.
  for (const path of reached) {
    for (const { from, to } of imports) if (from === path) reached.add(to);
  }
  // Declarations of what is there anyway are imported by nobody.
  const needed = [...paths].filter((path) => !path.endsWith('.d.ts'));
  return needed.filter((path) => !reached.has(path)).map((path) => `${path} is used by nothing`);
}
