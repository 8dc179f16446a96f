// Argument: a JSON file that lists folders with their roots and stores. Opens each as the command line does (index, search,
// ask, look at cases) and once more to cancel at once, and prints a line of JSON for each.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { wholeAnswer } from '../../../../src/core/chat/answer.ts';
import { errorMessage, isAbortError } from '../../../../src/core/errors/touchstoneError.ts';
import { fixedPolicy } from '../../../../src/core/prompts/fixedPolicy.ts';
import { checkCases } from '../../../../src/engine/evaluation/checkCases.ts';
import { askFolders } from '../../../../src/engine/query/askFolders.ts';
import { openUpToDate } from '../../../../src/engine/workspace/indexWorkspace.ts';
import { silentLogger } from '../../../support/silentLogger.ts';
import { calibrate, Stretches } from './stretches.ts';

export interface FolderToOpen {
  readonly name: string;
  readonly root: string;
  /** Where its index goes, and where that of the run goes that is cancelled. */
  readonly store: string;
  readonly otherStore: string;
}

export interface Opened {
  readonly name: string;
  /** The code of the error, or its message, where the folder was not opened. */
  readonly refusal?: string;
  readonly files: number;
  /** Paths of what the search found, and of what the answer cites. */
  readonly found: readonly string[];
  readonly cited: readonly string[];
  /** Of the processor, for all of it. */
  readonly cpuMs: number;
  /** How the run went that was cancelled: it `ended`, it `was done` before, or the message of an error. */
  readonly cancelled: string;
  /** What that still used of the processor from then on. */
  readonly cpuAfterCancelMs: number;
  /** The longest time of the processor in which the thread let nobody else have a turn, also while it was cancelled. */
  readonly stretchMs: number;
  /** The same from a cancellation in the middle of the work to its end. */
  readonly lateCancelMs: number;
  /** What a loop of known length takes on this machine, of the processor. */
  readonly unitMs: number;
  /** The greatest resident size of the process so far. */
  readonly megabytes: number;
}

const QUESTION = 'Where is openGreatGate, and how does it open the great gate?';
const never = new AbortController().signal;
const onDamaged = () => undefined;

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return Math.round((user + system) / 1000);
}

async function open({ root, store }: FolderToOpen): Promise<Pick<Opened, 'files' | 'found' | 'cited'>> {
  const workspace = await openUpToDate({ root, store }, {}, { log: silentLogger, onDamaged });
  try {
    const hits = await workspace.search('openGreatGate', 20);
    const options = { folders: [workspace], model: undefined, prompts: fixedPolicy(), log: silentLogger };
    const { citations } = await wholeAnswer(askFolders(QUESTION, options, never));
    for (const name of readdirSync(root)) {
      if (!name.endsWith('.eval.yaml')) continue;
      await checkCases({ root, path: name, text: readFileSync(join(root, name), 'utf8') });
    }
    return {
      files: workspace.paths().length,
      found: hits.map(({ path }) => path),
      cited: citations.map(({ path }) => path),
    };
  } finally {
    await workspace.close();
  }
}

async function cancel(
  { root }: FolderToOpen,
  store: string,
  afterMs: number,
): Promise<Pick<Opened, 'cancelled' | 'cpuAfterCancelMs'>> {
  const controller = new AbortController();
  let before = 0;
  setTimeout(() => {
    before = cpuMs();
    controller.abort();
  }, afterMs);
  const options = { log: silentLogger, onDamaged, signal: controller.signal };
  const how = await openUpToDate({ root, store }, {}, options).then(
    async (workspace) => {
      await workspace.close();
      return 'was done';
    },
    (error: unknown) => (isAbortError(error) ? 'ended' : errorMessage(error)),
  );
  return { cancelled: how, cpuAfterCancelMs: before === 0 ? 0 : cpuMs() - before };
}

/** When the one run is cancelled, in milliseconds. */
const SOON_MS = 20;
/** The other is cancelled after half as many of these as there were while the folder was opened. */
const TICK_MS = 10;

const [list = ''] = process.argv.slice(2);
const unitMs = calibrate();
const stretches = new Stretches();
for (const folder of JSON.parse(readFileSync(list, 'utf8')) as readonly FolderToOpen[]) {
  const before = cpuMs();
  let ticks = 0;
  const ticking = setInterval(() => ticks++, TICK_MS);
  stretches.take();
  const opened = await open(folder).catch((error: unknown) => ({
    files: 0,
    found: [],
    cited: [],
    refusal: (error as { readonly code?: string }).code ?? errorMessage(error),
  }));
  const used = cpuMs() - before;
  clearInterval(ticking);
  const ended = await cancel(folder, folder.otherStore, SOON_MS);
  const late = await cancel(folder, `${folder.otherStore}-late`, (ticks * TICK_MS) / 2);
  const times = { stretchMs: stretches.take(), lateCancelMs: late.cpuAfterCancelMs, unitMs };
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  const result: Opened = { name: folder.name, ...opened, cpuMs: used, ...ended, ...times, megabytes };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
stretches.stop();
