import { subTokens, WHOLE } from '../../retrieval/subTokens.ts';
import type { SourceFile } from '../sourceFile.ts';
import { areOneDefinition, type DefinedPlace, type Workspace } from '../workspace.ts';
import { importedNames, type ImportedName } from './importedNames.ts';
import type { TestBlock } from './testBlocks.ts';

/** Names that are made with `new` or called, and those whose members are called. */
const CALLED = /\bnew\s+([\p{L}_$][\p{L}\p{N}_$]*)|([\p{L}_$][\p{L}\p{N}_$]*)(?:<[^<>()]*>)?(?:\.(\w+))?\(/gu;
const TEST_AFFIX = /^test_?(?=\w)|[._-]?(?:tests?|spec|IT)$/i;
/** Types and plain values: used by tests of something else. */
const NO_SUBJECT = /^\s*(?:export\s+)?(?:declare\s+)?(?:type|interface|enum)\b/;
const SHOUTED = /^[A-Z\d_]+$/;
const ALIAS = /^(?:@\/|~|#|src\/|app\/)/;
const MAX_SUBJECTS = 2;

type Used = readonly (readonly [name: string, places: readonly DefinedPlace[]])[];

/** Finds what the tests of one file are about. */
export class TestSubject {
  readonly #workspace: Workspace;
  readonly #file: SourceFile;
  readonly #imports: ReadonlyMap<string, ImportedName>;
  readonly #isModular: boolean;
  /** Whether the file the test is named after is there to be tested. */
  readonly #hasNamesake: boolean;

  constructor(file: SourceFile, workspace: Workspace) {
    this.#file = file;
    this.#workspace = workspace;
    this.#isModular = /^(?:TypeScript|JavaScript|Python)$/.test(file.language?.name ?? '');
    this.#imports = this.#isModular ? importedNames(file) : new Map();
    const imported = [...this.#imports.values()].flatMap((name) => this.#definitions(name));
    this.#hasNamesake = imported.some((place) => this.#isNamesake(place));
  }

  /**
   * The definitions under test: those that the test calls, of the file it is named after if it imports that. None when
   * it calls several and does not say in its title which it is about.
   */
  of(block: TestBlock): readonly DefinedPlace[] {
    const names = [...calledNames(block.body)];
    const used: Used = names
      .map((name) => [name, this.#find(name).filter(isSubject)] as const)
      .filter(([, places]) => places.length > 0);
    if (this.#hasNamesake) {
      const own = used.filter(([, places]) => places.some(this.#isNamesake));
      return choose(own, block, MAX_SUBJECTS);
    }
    // Among names whose definitions are not known the test's subject may be one of them.
    const isKnown = names.every((name) => !this.#isOurImport(name) || used.some(([known]) => known === name));
    return isKnown ? choose(used, block, 1) : [];
  }

  #isOurImport(name: string): boolean {
    const imported = this.#imports.get(name);
    return imported !== undefined && this.#isOurs(imported.module);
  }

  readonly #isNamesake = ({ file }: DefinedPlace): boolean =>
    file.stem.toLowerCase() === this.#file.stem.replace(TEST_AFFIX, '').toLowerCase();

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
    const isTelling = subTokens(imported.name).some((term) => term.startsWith(WHOLE));
    return isTelling && this.#isOurs(imported.module) && areOneDefinition(places) ? places : [];
  }

  #isOurs(module: string): boolean {
    if (/^\./.test(module) || ALIAS.test(module)) return true;
    if (this.#file.language?.name === 'Python') return this.#workspace.hasFolder(module.split('.')[0] ?? '');
    return this.#workspace.packageNames.some((name) => module === name || module.startsWith(`${name}/`));
  }

  /** For languages whose tests need not import what they test: it is in the same folder or in the namesake. */
  #beside(name: string): readonly DefinedPlace[] {
    const folder = folderOf(this.#file.path);
    const isGo = this.#file.language?.name === 'Go';
    return this.#workspace
      .definitions(name)
      .filter((place) => (isGo ? folderOf(place.file.path) === folder : this.#isNamesake(place)));
  }
}

/** The one definition used, or the one that the titles name, or all when they are no more than `most`. */
function choose(used: Used, { groups, title }: TestBlock, most: number): readonly DefinedPlace[] {
  const said = [...groups, title].join(' ').toLowerCase();
  const spoken = used.filter(([name]) => said.includes(name.toLowerCase()));
  const choice = [used, spoken].find(({ length }) => length === 1) ?? (used.length <= most ? used : []);
  return choice.flatMap(([, places]) => places);
}

function calledNames(body: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, ...parts] of body.matchAll(CALLED)) for (const name of parts) if (name) names.add(name);
  return names;
}

function isSubject({ file, range }: DefinedPlace): boolean {
  return !SHOUTED.test(range.name) && !NO_SUBJECT.test(file.lines[range.line] ?? '');
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}
