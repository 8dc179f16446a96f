/** A profile as the DevTools protocol gives it (`Profiler.Profile`); times in microseconds. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly url: string; readonly functionName: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/**
 * How long code of `isOurs` files, or what it called, ran without a break, each time; in ms, longest first. Garbage
 * collection in between counts.
 */
export function ownTasks(
  { nodes, samples, timeDeltas }: CpuProfile,
  isOurs: (url: string) => boolean,
): number[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const ours = new Set<number>();
  const mark = (id: number) => {
    ours.add(id);
    for (const child of byId.get(id)?.children ?? []) mark(child);
  };
  for (const { id, callFrame } of nodes) if (isOurs(callFrame.url)) mark(id);
  const tasks: number[] = [];
  let task = 0;
  for (const [at, id] of samples.entries()) {
    const isCollecting = byId.get(id)?.callFrame.functionName === '(garbage collector)';
    if (ours.has(id) || (isCollecting && task > 0)) {
      task += (timeDeltas[at + 1] ?? 0) / 1000;
      continue;
    }
    if (task > 0) tasks.push(task);
    task = 0;
  }
  return tasks.sort((a, b) => b - a);
}
