import { describe, expect, test } from 'vitest';
import * as contributions from '../../src/host/editor/contributions.ts';
import {
  idViolations,
  repeatedIdViolations,
  textViolations,
  type DeclaredIds,
  type Manifest,
} from './rules/manifest.ts';
import { plant, readJson, readSources } from './rules/sourceFiles.ts';

const manifest = readJson('package.json') as Manifest;
const texts = readJson('package.nls.json') as Record<string, string>;

describe('the manifest and the code', () => {
  test('know the same commands, views, settings and context keys', () => {
    expect(idViolations(manifest, contributions)).toEqual([]);
  });

  test('every text of the manifest exists and is used', () => {
    expect(textViolations(manifest, texts)).toEqual([]);
  });

  test('ids are written once', () => {
    expect(repeatedIdViolations(readSources(), contributions)).toEqual([]);
  });
});

const declared: DeclaredIds = {
  commands: { open: 'touchstone.open' },
  internalCommands: { accepted: 'touchstone.internal.accepted' },
  views: { chat: 'touchstone.chat' },
  panels: { report: 'touchstone.report' },
  settings: { enabled: 'touchstone.enabled' },
  contextKeys: { ready: 'touchstone.ready' },
};

const agreeing = {
  contributes: {
    commands: [
      { command: 'touchstone.open', title: '%open%', enablement: 'touchstone.ready && !inputFocus' },
    ],
    viewsContainers: { secondarySidebar: [{ id: 'touchstone' }] },
    views: { touchstone: [{ id: 'touchstone.chat', when: 'config.touchstone.enabled' }] },
    menus: {
      'editor/title': [{ command: 'touchstone.open', when: "activeWebviewPanelId == 'touchstone.report'" }],
    },
    configuration: { properties: { 'touchstone.enabled': { type: 'boolean' } } },
  },
};

function changed(
  contributes: Partial<Manifest['contributes']> & Readonly<Record<string, unknown>>,
): Manifest {
  return { contributes: { ...agreeing.contributes, ...contributes } };
}

describe('planted differences', () => {
  test('agreement is not reported; a setting in a condition is no context key', () => {
    expect(idViolations(agreeing, declared)).toEqual([]);
  });

  test.each([
    [
      'a command without code',
      changed({ commands: [...agreeing.contributes.commands, { command: 'touchstone.b' }] }),
    ],
    ['a command without contribution', changed({ commands: [] })],
    [
      'a view without code',
      changed({ views: { touchstone: [{ id: 'touchstone.chat' }, { id: 'touchstone.b' }] } }),
    ],
    ['a view in an unknown container', changed({ viewsContainers: {} })],
    [
      'a setting without code',
      changed({ configuration: { properties: { 'touchstone.enabled': {}, 'touchstone.b': {} } } }),
    ],
    ['a setting without contribution', changed({ configuration: {} })],
    ['an unknown context key', changed({ menus: { 'view/title': [{ when: 'touchstone.b' }] } })],
    ['a menu with an unknown command', changed({ menus: { 'view/title': [{ command: 'touchstone.b' }] } })],
    [
      'a link to an unknown command',
      changed({ walkthroughs: [{ description: '[Open](command:touchstone.b)' }] }),
    ],
  ])('reports %s', (_, planted) => {
    expect(idViolations(planted, declared).length).toBeGreaterThan(0);
  });

  test('reports a command contributed twice, and an internal one that is contributed', () => {
    const commands = [...agreeing.contributes.commands, { command: 'touchstone.open' }];
    expect(idViolations(changed({ commands }), declared)).toEqual([
      'command touchstone.open is declared twice',
    ]);
    const internal = [...agreeing.contributes.commands, { command: 'touchstone.internal.accepted' }];
    expect(idViolations(changed({ commands: internal }), declared)).toContain(
      'package.json shows the internal command touchstone.internal.accepted',
    );
  });

  test('reports missing, unused and empty texts', () => {
    expect(textViolations(agreeing, { open: 'Open' })).toEqual([]);
    expect(textViolations(agreeing, {})).toEqual(['package.nls.json lacks open']);
    expect(textViolations(agreeing, { open: ' ', other: 'x' })).toEqual([
      'package.nls.json has other, which nothing uses',
      'package.nls.json has no text for open',
    ]);
  });

  test('reports an id written out in code, but not in prose', () => {
    const files = plant({
      'src/host/editor/contributions.ts': "export const commands = { open: 'touchstone.open' };",
      'src/host/a.ts': "run('touchstone.open');",
      'src/host/b.ts': "const text = 'switch on touchstone.enabled';",
    });
    expect(repeatedIdViolations(files, declared)).toEqual(['src/host/a.ts repeats the id touchstone.open']);
  });
});
