import { rm } from 'node:fs/promises';
import { afterAll, beforeAll } from 'vitest';
import { FakeProvider } from '../fakeProvider.ts';
import { keepEvidence } from './keepEvidence.ts';
import { startWorkbench, type WorkbenchOptions } from './startWorkbench.ts';
import type { Workbench } from './workbench.ts';
import { createWorkspace } from './workspaceFolder.ts';

interface ModelWorkbenchOptions extends Pick<WorkbenchOptions, 'theme' | 'trusted'> {
  readonly files: Parameters<typeof createWorkspace>[0];
  /** As in the setting `touchstone.models.chat`; the provider named in front of the colon is the fake one. */
  readonly model: string;
}

/** What the tests of a `describe` work with; neither is there before the first of them. */
export interface ModelWorkbench {
  readonly workbench: Workbench;
  readonly provider: FakeProvider;
}

/** Opens a workspace that is indexed, with the chat in view and a language model chosen, around all tests of a `describe`. */
export function modelWorkbench({ files, model, ...look }: ModelWorkbenchOptions): ModelWorkbench {
  let provider: FakeProvider | undefined;
  let folder: string | undefined;
  let workbench: Workbench | undefined;

  beforeAll(async () => {
    provider = await FakeProvider.start();
    folder = await createWorkspace(files);
    const endpoints = { [model.slice(0, model.indexOf(':'))]: provider.baseUrl };
    const settings = { 'touchstone.models.chat': model, 'touchstone.models.endpoints': endpoints };
    workbench = await startWorkbench({ ...look, folder, settings });
    await workbench.untilIndexed();
    await workbench.chat.open();
  });
  keepEvidence(() => workbench);
  afterAll(async () => {
    await workbench?.close();
    await provider?.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  return {
    get workbench() {
      return workbench!;
    },
    get provider() {
      return provider!;
    },
  };
}
