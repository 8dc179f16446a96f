import { queryTerms } from '../../core/retrieval/queryTerms.ts';
import type { SourceFile } from '../sourceFile.ts';
import { areOneDefinition, type DefinedPlace, type Workspace } from '../workspace.ts';
import { isTelling } from './docCommentSource.ts';
import type { TestBlock } from './testBlocks.ts';

/** Names that are made with `new` or called, and those whose members are called. */
const CALLED =
  /\bnew\s+([\p{L}_$][\p{L}\p{N}_$]*)|(?<![\p{L}\p{N}_$])([\p{L}_$][\p{L}\p{N}_$]*)(?:<[^<>()]*>)?(?:\.(\w+))?\(/gu;
const TEST_AFFIX = /^test_?(?=\w)|[._-]?(?:tests?|spec|IT)$/i;
/** Types and plain values: used by tests of something else. */
const NO_SUBJECT = /^\s*(?:export\s+)?(?:declare\s+)?(?:type|interface|enum)\b/;
const SHOUTED = /^[A-Z\d_]+$/;
const ALIAS = /^(?:@\/|~|#|src\/|app\/)/;
/** Called on the way to what is tested, and to print what came of it. */
const HELPERS =
  /^(?:new|default|from|into|clone|unwrap|len|init|setUp|setup|String|toString|Error|Errorf|Fatalf?|Logf?|Run|Helper|Parallel)$/;
/** A name in more places than this is not one thing, and a longer definition is hit by chance. */
const MAX_PLACES = 3;
const MAX_LINES = 300;
const MAX_SUBJECTS = 2;

type Used = readonly (readonly [name: string, places: readonly DefinedPlace[]])[];

/** Finds what the tests of one file are about. */
export class TestSubject {
  readonly #workspace: Workspace;
  readonly #file: SourceFile;
  readonly #imports: ReadonlyMap<string, ImportedName>;
  readonly #isModular: boolean;
  /** Names that the test defines. */
  readonly #own: ReadonlySet<string>;
  #read: { readonly body: string; readonly names: readonly string[] } | undefined;
  /** Whether the file the test is named after is there to be tested. */
  readonly #hasNamesake: boolean;

  constructor(file: SourceFile, workspace: Workspace) {
    this.#file = file;
    this.#workspace = workspace;
    this.#isModular = /^(?:TypeScript|JavaScript|Python)$/.test(file.language?.name ?? '');
    this.#own = new Set(file.isTest ? file.definitions.map(({ name }) => name) : []);
    this.#imports = this.#isModular ? importedNames(file) : new Map();
    const imported = [...this.#imports.values()].flatMap((name) => this.#definitions(name));
    this.#hasNamesake = imported.some(this.#isNamesake);
  }

  /**
   * The definitions under test: those that the test calls, of the file it is named after if it imports that. None when
   * it calls several and does not say in its title which it is about.
   */
  of(block: TestBlock): readonly DefinedPlace[] {
    const names = this.#namesIn(block.body);
    const used: Used = names
      .map((name) => [name, this.#find(name).filter(isSubject)] as const)
      .filter(([, places]) => places.length > 0);
    const own = used.filter(([, places]) => places.some(this.#isNamesake));
    // Without imports to tell, a test that calls nothing of its namesake is about something else.
    if (this.#hasNamesake || (!this.#isModular && own.length > 0)) return choose(own, block, MAX_SUBJECTS);
    // Among names whose definitions are not known the test's subject may be one of them.
    const isKnown = names.every((name) => !this.#isOurImport(name) || used.some(([known]) => known === name));
    return isKnown ? choose(used.filter(isMentioned(block)), block, 1) : [];
  }

  /** Names called that the test does not define itself. Subtests have the code of the test around them: it is read once. */
  #namesIn(body: string): readonly string[] {
    if (this.#read?.body !== body) {
      const names = [...calledNames(body, !this.#isModular)].filter((name) => !this.#own.has(name));
      this.#read = { body, names };
    }
    return this.#read.names;
  }

  #isOurImport(name: string): boolean {
    const imported = this.#imports.get(name);
    return imported !== undefined && this.#isOurs(imported.module);
  }

  readonly #isNamesake = ({ file }: DefinedPlace): boolean =>
    file === this.#file || file.stem.toLowerCase() === this.#file.stem.replace(TEST_AFFIX, '').toLowerCase();

  #find(name: string): readonly DefinedPlace[] {
    if (!this.#isModular) return this.#beside(name);
    const imported = this.#imports.get(name);
    return imported ? this.#definitions(imported) : [];
  }

  /** What a name from another module is. A module may pass on what it imports: then only a unique name tells. */
  #definitions(imported: ImportedName): readonly DefinedPlace[] {
    const places = this.#workspace.definitions(imported.name);
    const exact = places.filter(({ file }) => imported.isFrom(file.path.replace(/(?:\.d)?\.\w+$/, '')));
    if (exact.length > 0) return exact;
    return isTelling(imported.name) && this.#isOurs(imported.module) && areOneDefinition(places)
      ? places
      : [];
  }

  #isOurs(module: string): boolean {
    if (/^\./.test(module) || ALIAS.test(module)) return true;
    if (this.#file.language?.name === 'Python') return this.#isOurPackage(module.split('.'));
    return this.#workspace.packageNames.some((name) => module === name || module.startsWith(`${name}/`));
  }

  /** The folder that is open may be the package itself, which no path in it says. */
  #isOurPackage([top = '', next]: readonly string[]): boolean {
    if (this.#workspace.hasFolder(top)) return true;
    return this.#workspace.isPythonPackage && (next === undefined || this.#workspace.hasPythonModule(next));
  }

  /** For languages whose tests need not import what they test: it is in the same folder or in the namesake. */
  #beside(name: string): readonly DefinedPlace[] {
    const places = this.#workspace.definitions(name);
    switch (this.#file.language?.name) {
      case 'Go': {
        const folder = folderOf(this.#file.path);
        return places.filter((place) => folderOf(place.file.path) === folder);
      }
      case 'Rust':
        if (!this.#file.isTest) return places.filter(({ file }) => file === this.#file);
        return places.some(this.#isNamesake) || !isTelling(name) || !areOneDefinition(places)
          ? places.filter(this.#isNamesake)
          : places;
      default:
        return places.filter(this.#isNamesake);
    }
  }
}

/** What the titles share a word with: a sole function called may still be there to prepare the test. */
function isMentioned({ groups, title, comment }: TestBlock): (used: Used[number]) => boolean {
  const said = new Set(queryTerms([...groups, title, comment].join(' ')).keys());
  return ([name]) => [...queryTerms(name).keys()].some((term) => said.has(term));
}

/** The one definition used, or the one that the titles name, or all when they are no more than `most`. */
function choose(used: Used, { groups, title }: TestBlock, most: number): readonly DefinedPlace[] {
  const said = [...groups, title].join(' ').toLowerCase();
  const spoken = used.filter(([name]) => said.includes(name.toLowerCase()));
  const choice = [used, spoken].find(({ length }) => length === 1) ?? (used.length <= most ? used : []);
  const places = choice.flatMap(([, each]) => each);
  return places.length <= MAX_PLACES ? places : [];
}

/** In Go and Rust what stands before a member is a package or a value, unless it is a type. */
function calledNames(body: string, isQualified: boolean): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, made = '', called = '', member = ''] of body.replaceAll('::', '.').matchAll(CALLED)) {
    const isPackage = member !== '' && isQualified && !/^\p{Lu}/u.test(called);
    for (const name of [made, isPackage ? '' : called, member]) {
      if (name !== '' && !HELPERS.test(name)) names.add(name);
    }
  }
  return names;
}

function isSubject({ file, range }: DefinedPlace): boolean {
  const head = file.lines[range.line] ?? '';
  const isBody = range.end > range.line || /=>|\{/.test(head);
  return isBody && range.end - range.line < MAX_LINES && !SHOUTED.test(range.name) && !NO_SUBJECT.test(head);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** A name a file imports. */
interface ImportedName {
  /** As the module calls it; `*` for the module itself. */
  readonly name: string;
  /** The module as the file writes it. */
  readonly module: string;
  /** Whether a path, without its extension, is the module; never for modules that are not given by a path. */
  isFrom(path: string): boolean;
}

const ES_IMPORT =
  /\bimport\s+(?:type\s+)?([^\s'"();](?:(?:(?!\bimport\s)[^'"();])*?[^\s'"();])?)\s+from\s+['"]([^'"]+)['"]/g;
const REQUIRE =
  /\b(?:const|let|var)\s+(\{[^{}]*\}|[\w$]+)\s*=\s*(?:await\s+)?(?:require|import)\(\s*['"]([^'"]+)['"]/g;
const PYTHON_FROM = /^[ \t]*from\s+([.\w]+)\s+import\s+(\([^()]*\)|[^\n]+)/gm;
const SCRIPT_EXTENSION = /\.(?:d\.)?[cm]?[jt]sx?$/;

/** The names a file imports from elsewhere, by what it calls them. Scripts and Python only. */
function importedNames(file: SourceFile): ReadonlyMap<string, ImportedName> {
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
      const [name = '', local = name] = part.split(/(?<!\s)(?:\s+as\s+|\s*:\s*)/);
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
