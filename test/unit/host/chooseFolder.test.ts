import { beforeEach, expect, it, vi } from 'vitest';
import { chooseFolder } from '../../../src/host/evaluation/chooseFolder.ts';

interface Item {
  readonly label: string;
  readonly description: string;
}

const showQuickPick = vi.hoisted(() => vi.fn<(items: readonly Item[]) => Promise<Item | undefined>>());
vi.mock('vscode', () => ({ l10n: { t: (text: string) => text }, window: { showQuickPick } }));

const folder = (name: string) => ({
  name,
  root: `/code/${name}`,
  store: `/store/${name}`,
  workspaceId: name,
});

beforeEach(() => {
  showQuickPick.mockReset();
});

it('asks nothing where there is nothing to choose', async () => {
  expect(await chooseFolder([])).toBeUndefined();
  expect(await chooseFolder([folder('server')])).toEqual(folder('server'));
  expect(showQuickPick).not.toHaveBeenCalled();
});

it('asks which of several folders', async () => {
  showQuickPick.mockImplementation((items) => Promise.resolve(items[1]));
  expect(await chooseFolder([folder('server'), folder('client')])).toEqual(folder('client'));
  expect(showQuickPick.mock.calls[0]?.[0].map(({ label, description }) => [label, description])).toEqual([
    ['server', '/code/server'],
    ['client', '/code/client'],
  ]);
});

it('gives none when the question is dismissed', async () => {
  showQuickPick.mockResolvedValue(undefined);
  expect(await chooseFolder([folder('server'), folder('client')])).toBeUndefined();
});
