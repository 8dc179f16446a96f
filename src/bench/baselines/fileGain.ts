/** NDCG@10 of a list of places where whole files are right. */
export interface FileGain {
  /** Of the files in the order of their first places. */
  readonly file: number;
  /** Of the places as they come: a second place of a file takes a rank and gains nothing. */
  readonly chunk: number;
}

const LOOKED_AT = 10;

/** Binary gains, each right file's once (Järvelin and Kekäläinen 2002); `right` must not be empty. */
export function fileGain(places: readonly { readonly path: string }[], right: ReadonlySet<string>): FileGain {
  const paths = places.map(({ path }) => path);
  return { file: gain([...new Set(paths)], right), chunk: gain(paths, right) };
}

function gain(paths: readonly string[], right: ReadonlySet<string>): number {
  const seen = new Set<string>();
  let sum = 0;
  for (const [at, path] of paths.slice(0, LOOKED_AT).entries()) {
    if (right.has(path) && !seen.has(path)) sum += discount(at);
    seen.add(path);
  }
  let ideal = 0;
  for (let at = 0; at < Math.min(right.size, LOOKED_AT); at++) ideal += discount(at);
  return sum / ideal;
}

function discount(at: number): number {
  return 1 / Math.log2(at + 2);
}
