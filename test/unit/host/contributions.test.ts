import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { commands, contextKeys, internalCommands, settings, views } from '../../../src/host/contributions.ts';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly enablement?: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}

const read = async (name: string) => readFile(new URL(`../../../${name}`, import.meta.url), 'utf8');
const text = await read('package.json');
const { contributes } = JSON.parse(text) as Manifest;
const strings = JSON.parse(await read('package.nls.json')) as Record<string, string>;

it('contributes exactly the commands the code registers for the palette', () => {
  expect(contributes.commands.map(({ command }) => command).sort()).toEqual(Object.values(commands).sort());
});

it('keeps internal commands out of the manifest', () => {
  for (const id of Object.values(internalCommands)) expect(text).not.toContain(id);
});

it('contributes exactly the views and settings the code knows', () => {
  const ids = Object.values(contributes.views).flatMap((group) => group.map(({ id }) => id));
  expect(ids).toEqual(Object.values(views));
  expect(Object.keys(contributes.configuration.properties).sort()).toEqual(Object.values(settings).sort());
});

it('uses only context keys that the code sets', () => {
  const used = contributes.commands.flatMap(({ enablement }) => enablement?.match(/touchstone\.\w+/g) ?? []);
  expect(used).not.toEqual([]);
  expect(Object.values(contextKeys)).toEqual(expect.arrayContaining([...new Set(used)]));
});

it('has a text for every placeholder, and no text that nothing uses', () => {
  const placeholders = [...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
  expect(Object.keys(strings).sort()).toEqual([...new Set(placeholders)].sort());
  expect(Object.values(strings).every((value) => value.trim() !== '')).toBe(true);
});
