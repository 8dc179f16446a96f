import type { SourceFile } from '../sourceFile.ts';

/** A name a file imports. */
export interface ImportedName {
  /** As the module calls it; `*` for the module itself. */
  readonly name: string;
  /** The module as the file writes it. */
  readonly module: string;
  /** Whether a path, without its extension, is the module; never for modules that are not given by a path. */
  isFrom(path: string): boolean;
}

const ES_IMPORT = /\bimport\s+(?:type\s+)?([^'"();]+?)\s+from\s+['"]([^'"]+)['"]/g;
const REQUIRE =
  /\b(?:const|let|var)\s+(\{[^}]*\}|[\w$]+)\s*=\s*(?:await\s+)?(?:require|import)\(\s*['"]([^'"]+)['"]/g;
const PYTHON_FROM = /^[ \t]*from\s+([.\w]+)\s+import\s+(\([^)]*\)|[^\n]+)/gm;
const SCRIPT_EXTENSION = /\.(?:d\.)?[cm]?[jt]sx?$/;

/** The names a file imports from elsewhere, by what it calls them. Scripts and Python only. */
export function importedNames(file: SourceFile): ReadonlyMap<string, ImportedName> {
  return file.language?.name === 'Python' ? fromPython(file) : fromScript(file);
}

function fromScript({ path, text }: SourceFile): ReadonlyMap<string, ImportedName> {
  const names = new Map<string, ImportedName>();
  for (const pattern of [ES_IMPORT, REQUIRE]) {
    for (const [, clause = '', module = ''] of text.matchAll(pattern)) {
      const target = module.startsWith('.') ? resolve(path, module.replace(SCRIPT_EXTENSION, '')) : undefined;
      const isFrom = (candidate: string): boolean =>
        target !== undefined && (candidate === target || candidate === `${target}/index`);
      for (const [local, name] of clauseNames(clause)) names.set(local, { name, module, isFrom });
    }
  }
  return names;
}

function fromPython({ path, text }: SourceFile): ReadonlyMap<string, ImportedName> {
  const names = new Map<string, ImportedName>();
  for (const [, module = '', clause = ''] of text.matchAll(PYTHON_FROM)) {
    const [dots = ''] = /^\.*/.exec(module) ?? [];
    const below = module.slice(dots.length).replaceAll('.', '/');
    const target =
      dots === '' ? below : resolve(path, `${dots === '.' ? '.' : '../'.repeat(dots.length - 1)}/${below}`);
    // The first part may be the name of the folder that is open, which no path in it says.
    const inside = target.slice(target.indexOf('/') + 1);
    const isFrom = (candidate: string): boolean => {
      const module_ = candidate.replace(/\/__init__$/, '');
      return module_ === target || (dots === '' && (module_.endsWith(`/${target}`) || module_ === inside));
    };
    for (const [local, name] of clauseNames(clause.replace(/#.*$/gm, '')))
      names.set(local, { name, module, isFrom });
  }
  return names;
}

/** Local and exported name of each part of `a, { b, c as d }`, `* as e` or `{ b: d }`. */
function clauseNames(clause: string): readonly (readonly [string, string])[] {
  return clause
    .split(/[{},()]/)
    .map((part) => part.trim().replace(/^type\s+/, ''))
    .filter((part) => /^[\w$*]/.test(part))
    .map((part) => {
      const [name = '', local = name] = part.split(/\s+as\s+|\s*:\s*/);
      return [local, name] as const;
    });
}

/** `module`, a relative path, as seen from the file at `from`; relative to the workspace. */
function resolve(from: string, module: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of module.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
