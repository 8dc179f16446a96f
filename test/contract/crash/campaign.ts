import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom, type Random } from '../../support/seededRandom.ts';
import { WORKS, type CrashRound } from './crashRound.ts';
import { fillFolder } from './editFolder.ts';
import { startScript } from '../../support/startScript.ts';

/** Steps within which a process is killed: some passes of this kind of work. */
const MAX_STEPS: Readonly<Record<CrashRound['work'], number>> = {
  'first index': 200,
  update: 60,
  compaction: 60,
  clear: 200,
  'embedder change': 200,
  ledger: 60,
  none: 1,
};
/** A step line is followed by the thing itself: within these milliseconds, most often. */
const MAX_DELAY_MS = 12;

export interface CampaignReport {
  readonly kills: number;
  /** Sentences with round and seed; empty when every promise was kept. */
  readonly problems: readonly string[];
  /** One line a round: what it was killed at and what the next process found. */
  readonly lines: readonly string[];
}

export interface CampaignOptions {
  /** Called with each line of the report as it comes. */
  readonly onLine?: (line: string) => void;
  /** Adds to the folder before the first life. */
  readonly prepare?: (root: string, random: Random) => void;
}

/**
 * Lets a process index a folder that changes under it, kills it with SIGKILL, lets the next one check what it left
 * behind, and so on, always on the same store. The seed decides what is done and at which step each life ends.
 */
export async function runCampaign(
  seed: number,
  kills: number,
  { onLine = () => undefined, prepare = () => undefined }: CampaignOptions = {},
): Promise<CampaignReport> {
  const base = mkdtempSync(join(tmpdir(), 'touchstone-crash-'));
  const random = seededRandom(seed);
  const place = {
    root: join(base, 'root'),
    directory: join(base, 'store'),
    ledger: join(base, 'ledger.sqlite'),
  };
  mkdirSync(place.root);
  fillFolder(place.root, random);
  prepare(place.root, random);
  const problems: string[] = [];
  const lines: string[] = [];
  try {
    for (let kill = 0, acknowledged = 0; kill <= kills; kill++) {
      const work = kill === kills ? 'none' : (WORKS[kill % WORKS.length] ?? 'update');
      const life = await liveOnce({ ...place, acknowledged, seed: random.below(2 ** 31), work }, random);
      acknowledged = life.acknowledged;
      problems.push(...life.problems.map((problem) => `seed ${seed}, life ${kill} (${work}): ${problem}`));
      lines.push(`${kill} ${life.found}; ${life.end}`);
      onLine(lines.at(-1) ?? '');
    }
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
  return { kills, problems, lines };
}

/** One process from its start to its end, and what it said. */
async function liveOnce(round: CrashRound, random: Random) {
  const steps = 1 + random.below(MAX_STEPS[round.work]);
  const delayMs = random.once(2) ? 0 : random.below(MAX_DELAY_MS);
  const child = startScript(new URL('./children/crasher.ts', import.meta.url), JSON.stringify(round));
  if (round.work !== 'none') {
    let begun = false;
    let taken = 0;
    await child.printed((line) => {
      if (line === 'begin') begun = true;
      else if (begun && /^(step|acknowledged)/.test(line)) taken++;
      return taken >= steps;
    });
    if (delayMs > 0) await delay(delayMs);
    child.kill();
  }
  const { by, lines, errors } = await child.ended;
  const problems = lines.filter((line) => line.startsWith('problem'));
  if (by !== (round.work === 'none' ? 0 : 'SIGKILL')) problems.push(`it ended by ${by}: ${errors}`);
  const last = lines.findLast((line) => line.startsWith('acknowledged'));
  return {
    problems,
    acknowledged: last === undefined ? round.acknowledged : Number(last.split(' ')[1]),
    found: lines.find((line) => line.startsWith('found')) ?? 'found nothing',
    end: `${round.work} ended at “${lines.at(-1) ?? ''}” after ${steps} steps`,
  };
}
