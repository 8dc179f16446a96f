import { isBuiltin } from 'node:module';
import type { SourceFiles, Violations } from './sourceFiles.ts';

export interface PackageManifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export interface Lockfile {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export interface LockedPackage extends PackageManifest {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
}

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const REGISTRY = 'https://registry.npmjs.org/';

/** Licences under which others' code may be part of an MIT-licensed extension without further conditions on ours. */
const COMPATIBLE = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'Unlicense',
  'BlueOak-1.0.0',
  // The icon font: used unchanged, credited in its own licence file.
  'CC-BY-4.0',
]);

/** Packages under a name of ours: two versions of one are needed. Any other alias may hide what is installed. */
const ALIASES: ReadonlyMap<string, string> = new Map([['typescript-native', 'npm:typescript@']]);

/** Versions that are ranges, tags, addresses or aliases. */
export function pinViolations(manifest: PackageManifest): Violations {
  return Object.entries(allDependencies(manifest))
    .filter(([name, version]) => !isPinned(name, version))
    .map(([name, version]) => `package.json does not pin ${name}: ${version}`);
}

function isPinned(name: string, version: string): boolean {
  const alias = ALIASES.get(name) ?? '';
  return version.startsWith(alias) && EXACT.test(version.slice(alias.length));
}

function allDependencies(manifest: PackageManifest): Readonly<Record<string, string>> {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest;
  return { ...dependencies, ...devDependencies, ...optionalDependencies, ...peerDependencies };
}

/** The editor's own module, which no package is. */
const OF_THE_EDITOR = 'vscode';

/** Packages that are imported but only there because another package wants them: they may go, or be another version. */
export function undeclaredViolations(sources: SourceFiles, manifest: PackageManifest): Violations {
  const declared = allDependencies(manifest);
  return [...sources].flatMap(([path, text]) =>
    [...text.matchAll(/^(?:import|export|\}) ?(?:[^'"\n;]*\bfrom )?'([^'.][^'\n]*)';$/gm)]
      .map(([, module = '']) => module)
      .filter((module) => module !== OF_THE_EDITOR && !isBuiltin(module))
      .map((module) => /^(?:@[^/]+\/)?[^/]+/.exec(module)?.[0] ?? module)
      .filter((name) => declared[name] === undefined)
      .map((name) => `${path} imports ${name}, which package.json does not name`),
  );
}

/** Entries that npm would not fetch from the registry and verify, and dependencies that differ from package.json. */
export function lockViolations(lock: Lockfile, manifest: PackageManifest): Violations {
  const violations: string[] = [];
  if (lock.lockfileVersion !== 3) violations.push('package-lock.json is not of version 3');
  for (const [path, locked] of Object.entries(lock.packages)) {
    if (path === '') continue;
    const { version = '', resolved = REGISTRY, integrity, link } = locked;
    if (!path.includes('node_modules/') || link) violations.push(`${path} is a folder, not a package`);
    if (!EXACT.test(version)) violations.push(`${path} has the odd version ${version}`);
    if (!resolved.startsWith(REGISTRY)) violations.push(`${path} comes from ${resolved}`);
    if (!integrity?.startsWith('sha512-')) violations.push(`${path} cannot be verified`);
  }
  const wanted = allDependencies(manifest);
  const root = allDependencies(lock.packages[''] ?? {});
  for (const name of new Set([...Object.keys(wanted), ...Object.keys(root)])) {
    if (wanted[name] !== root[name])
      violations.push(`package-lock.json and package.json differ about ${name}`);
  }
  return violations;
}

/** Packages whose code ships although no compatible licence is among the choices they offer. */
export function licenceViolations(licences: Readonly<Record<string, string | undefined>>): Violations {
  return Object.entries(licences)
    .filter(([, licence]) => !isCompatible(licence ?? ''))
    .map(([name, licence]) => `${name} ships under ${licence ?? 'no licence'}`);
}

/** Reads the flat SPDX expressions that occur in practice: one licence, `A OR B`, `A AND B`. */
function isCompatible(expression: string): boolean {
  const flat = expression.replace(/^\((.*)\)$/, '$1');
  return flat
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((licence) => COMPATIBLE.has(licence)));
}
