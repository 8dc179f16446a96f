import type { EngineClient } from '../engine/engineClient.ts';
import type { IndexStatusBoard } from './indexStatusBoard.ts';
import type { EngineFolder } from '../workspace/workspaceFolders.ts';

export interface IndexCommandsOptions {
  readonly engine: EngineClient;
  readonly board: IndexStatusBoard;
  readonly folders: () => readonly EngineFolder[];
}
