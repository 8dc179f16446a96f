/** A file that a question names, with the lines if it says which. */
export interface Mention {
  readonly path: string;
  /** 1-based, inclusive. */
  readonly lines?: { readonly startLine: number; readonly endLine: number };
}

/** `src/a.ts`, `a.ts:10`, `#file:a.ts`, `@src/a.ts#L10-L20`; a name without an ending only where it is marked as a file. */
const MENTION =
  /(?:(?<mark>#file:|@)|(?<![\w./\\-]))(?<path>[\w$.-]*(?:[/\\][\w$.@-]+)*[\w$-])(?:(?::|#L)(?<start>\d+)(?:-L?(?<end>\d+))?)?/g;
const ENDING = /\.[A-Za-z]\w{0,9}$/;
/** More files of one name than this, and the question does not say which. */
const MAX_ALIKE = 3;

/** The files of the workspace that a question names, in its order, each once. */
export function mentionsIn(question: string, paths: Iterable<string>): readonly Mention[] {
  const wanted = [...question.matchAll(MENTION)].flatMap(({ groups = {} }) => {
    const { mark, path = '', start, end } = groups;
    const isNamed = mark !== undefined || ENDING.test(path);
    return isNamed ? [{ path: path.replaceAll('\\', '/').replace(/^\.?\//, ''), start, end }] : [];
  });
  if (wanted.length === 0) return [];
  const all = [...paths];
  const mentions = wanted.flatMap(({ path, start, end }) =>
    filesCalled(path, all).map((file) => ({ path: file, ...linesOf(start, end) })),
  );
  return mentions.filter(({ path }, at) => mentions.findIndex((other) => other.path === path) === at);
}

/** The file with that path, else the few whose path ends so. */
function filesCalled(name: string, paths: readonly string[]): readonly string[] {
  if (paths.includes(name)) return [name];
  const alike = paths.filter((path) => path.endsWith(`/${name}`));
  return alike.length <= MAX_ALIKE ? alike.sort() : [];
}

function linesOf(start: string | undefined, end: string | undefined): Pick<Mention, 'lines'> {
  if (start === undefined) return {};
  const startLine = Number(start);
  return { lines: { startLine, endLine: Math.max(startLine, Number(end ?? start)) } };
}
