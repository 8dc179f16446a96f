import { isLockFileName } from '../../indexing/skipByName.ts';
import { isTestPath } from '../../shared/testPath.ts';

/** What a file is beside the code that runs; several may hold. */
export interface FileKind {
  readonly isTest: boolean;
  /** Examples, benchmarks, copies of other projects, what is out of use. */
  readonly isAside: boolean;
  /** Documents, pages, pictures, tables. */
  readonly isProse: boolean;
  /** Settings, fixtures, lists for programs. */
  readonly isData: boolean;
  /** Written by a package manager. */
  readonly isLock: boolean;
}

const ASIDE =
  /(?:^|\/)(?:examples?|samples?|demos?|bench(?:es|marks?)?|docs?|documentation|vendor(?:ed)?|third[_-]?party|compat|legacy|deprecated|old|archive|dist|generated)\//i;
const PROSE =
  /\.(?:md|mdx|markdown|rst|adoc|txt|html?|css|scss|less|svg|drawio|dio|puml|plantuml|mmd|excalidraw|csv|tsv|psv|tex|bib)(?:\.\w+)?$|(?:^|\/)(?:LICENSE|COPYING|NOTICE|AUTHORS|CHANGELOG|README)[^/]*$/i;
const DATA =
  /\.(?:json|jsonc|json5|jsonl|ndjson|geojson|ya?ml|toml|xml|plist|ini|cfg|conf|properties|snap|resx|xlf|xliff|po|pot|strings|lock|lockb|sum|graphqlrc)(?:\.\w+)?$/i;
/** Names that the index takes for files of somebody's own, of which most are lock files all the same. */
const LOCK =
  /(?:^|\/)(?:[^/]*[-.]lock(?:\.\w+|b)?|lock\.(?:json|ya?ml)|shrinkwrap\.yaml|cabal\.project\.freeze|elm-stuff\/[^/]*|project\.assets\.json)$/i;

/** Tells it from where the file lies and what it is called. */
export function fileKind(path: string): FileKind {
  const isLock = isLockFileName(path.slice(path.lastIndexOf('/') + 1)) || LOCK.test(path);
  return {
    isTest: isTestPath(path),
    isAside: ASIDE.test(path),
    isProse: PROSE.test(path),
    isData: isLock || DATA.test(path),
    isLock,
  };
}

const DECLARATION = /\.(?:h|hh|hpp|hxx|d\.[cm]?ts|pyi|mli|rbi|fsi|hs-boot)$/i;

/** Whether a file only declares what another one, of the same name, defines. */
export function isDeclaration(path: string): boolean {
  return DECLARATION.test(path);
}

const VERSIONED = /^(?<before>.*?)(?:^|\/)v(?<version>\d+)\//;

/** One of several versions of the same. */
export interface VersionedPath {
  /** What holds the versions. */
  readonly folder: string;
  readonly version: number;
  /** Where the file lies that has no version: `config.py` for `v1/config.py`. */
  readonly unversioned: string;
}

export function versionOf(path: string): VersionedPath | undefined {
  const found = VERSIONED.exec(path);
  if (!found?.groups) return undefined;
  const folder = found.groups['before'] ?? '';
  const rest = path.slice(found[0].length);
  return {
    folder,
    version: Number(found.groups['version']),
    unversioned: folder === '' ? rest : `${folder}/${rest}`,
  };
}
