import ts from 'typescript';
import { parse } from './imports.ts';
import type { SourceFiles, Violations } from './sourceFiles.ts';

/** The parts of package.json that name ids. */
export interface Manifest {
  readonly capabilities?: unknown;
  readonly contributes: {
    readonly commands?: readonly { readonly command: string }[];
    readonly views?: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsContainers?: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly configuration?: { readonly properties?: Readonly<Record<string, unknown>> };
  };
}

/** What src/host/editor/contributions.ts exports: names in code to ids. */
export interface DeclaredIds {
  readonly commands: Readonly<Record<string, string>>;
  readonly internalCommands: Readonly<Record<string, string>>;
  readonly views: Readonly<Record<string, string>>;
  readonly panels: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string>>;
  readonly contextKeys: Readonly<Record<string, string>>;
}

/** Ids that only one of manifest and code knows, and internal commands that the manifest shows. */
export function idViolations(manifest: Manifest, declared: DeclaredIds): Violations {
  const { commands = [], views = {}, viewsContainers = {}, configuration } = manifest.contributes;
  const contributed = commands.map(({ command }) => command);
  const internal = Object.values(declared.internalCommands);
  const containers = Object.values(viewsContainers).flatMap((list) => list.map(({ id }) => id));
  const conditions = conditionsIn(manifest);
  return [
    ...differences('command', contributed, Object.values(declared.commands)),
    ...differences(
      'view',
      Object.values(views).flatMap((list) => list.map(({ id }) => id)),
      Object.values(declared.views),
    ),
    ...differences('setting', Object.keys(configuration?.properties ?? {}), Object.values(declared.settings)),
    ...differences('context key', contextKeysIn(conditions), Object.values(declared.contextKeys)),
    ...differences('panel', panelsIn(conditions), Object.values(declared.panels)),
    ...commandsIn(manifest)
      .filter((id) => !contributed.includes(id))
      .map((id) => `package.json refers to command ${id}, which it does not contribute`),
    ...internal
      .filter((id) => contributed.includes(id))
      .map((id) => `package.json shows the internal command ${id}`),
    ...Object.keys(views)
      .filter((id) => id.startsWith('touchstone') && !containers.includes(id))
      .map((id) => `package.json puts views into the unknown container ${id}`),
  ];
}

function differences(kind: string, inManifest: readonly string[], inCode: readonly string[]): Violations {
  const repeated = (ids: readonly string[]) => ids.filter((id, index) => ids.indexOf(id) !== index);
  return [
    ...inManifest.filter((id) => !inCode.includes(id)).map((id) => `${kind} ${id} is only in package.json`),
    ...inCode
      .filter((id) => !inManifest.includes(id))
      .map((id) => `${kind} ${id} is only in contributions.ts`),
    ...[...repeated(inManifest), ...repeated(inCode)].map((id) => `${kind} ${id} is declared twice`),
  ];
}

/** Every pair of key and string anywhere in a JSON value. */
function stringsIn(value: unknown, key = ''): readonly (readonly [key: string, text: string])[] {
  if (typeof value === 'string') return [[key, value]];
  if (Array.isArray(value)) return value.flatMap((each) => stringsIn(each, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => stringsIn(each, name));
}

function conditionsIn(manifest: Manifest): readonly string[] {
  return stringsIn(manifest)
    .filter(([key]) => key === 'when' || key === 'enablement')
    .map(([, text]) => text);
}

function contextKeysIn(conditions: readonly string[]): readonly string[] {
  const keys = conditions.flatMap((text) => text.match(/(?<![\w.'])touchstone(\.\w+)+/g) ?? []);
  return [...new Set(keys)];
}

/** Panels that a condition is true of. */
function panelsIn(conditions: readonly string[]): readonly string[] {
  return conditions.flatMap((text) => /activeWebviewPanelId == '(.+?)'/.exec(text)?.[1] ?? []);
}

/** Commands named by menus, key bindings, and links in texts such as a walkthrough's. */
function commandsIn({ contributes }: Manifest): readonly string[] {
  return stringsIn(contributes).flatMap(([key, text]) => {
    if (key === 'command' && text.startsWith('touchstone.')) return [text];
    return [...text.matchAll(/command:(touchstone\.[\w.]+)/g)].map(([, id = '']) => id);
  });
}

/** `%key%` without a text, texts without a `%key%`, and empty texts. */
export function textViolations(manifest: Manifest, texts: Readonly<Record<string, string>>): Violations {
  const used = new Set(stringsIn(manifest).flatMap(([, text]) => /^%(.+)%$/.exec(text)?.[1] ?? []));
  return [
    ...[...used].filter((key) => !(key in texts)).map((key) => `package.nls.json lacks ${key}`),
    ...Object.keys(texts)
      .filter((key) => !used.has(key))
      .map((key) => `package.nls.json has ${key}, which nothing uses`),
    ...Object.entries(texts)
      .filter(([, text]) => text.trim() === '')
      .map(([key]) => `package.nls.json has no text for ${key}`),
  ];
}

/** String literals that repeat an id instead of taking it from contributions.ts. */
export function repeatedIdViolations(files: SourceFiles, declared: DeclaredIds): Violations {
  const ids = new Set(
    Object.values(declared).flatMap((group: Readonly<Record<string, string>>) => Object.values(group)),
  );
  return [...files].flatMap(([path, text]) => {
    if (path === 'src/host/editor/contributions.ts') return [];
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node) && ids.has(node.text))
        found.push(`${path} repeats the id ${node.text}`);
      ts.forEachChild(node, visit);
    };
    visit(parse(path, text));
    return found;
  });
}
