// Argument: a `CrashRound` as JSON. Checks what a killed process left behind, repairs it by one refresh, compares that
// with an index from scratch, and then works until it is killed, printing every step. Any line that begins with
// `problem` is a broken promise.
import { checkCommitted } from '../checkCommitted.ts';
import { checkLedger } from '../checkLedger.ts';
import { workUntilKilled } from '../crashWork.ts';
import type { CrashRound } from '../crashRound.ts';
import { contentFromScratch, differences, indexContent } from '../indexContent.ts';
import { openIndex } from '../openIndex.ts';
import { say } from '../say.ts';
import { strayFiles } from '../strayFiles.ts';

const round = JSON.parse(process.argv[2] ?? '') as CrashRound;
const { root, directory, ledger, acknowledged } = round;

try {
  const { generation, files, complete } = await checkCommitted(root, directory);
  say(`found generation ${generation} of ${files.size} files, ${complete ? 'complete' : 'incomplete'}`);
  await checkLedger(ledger, acknowledged);
  const { store, indexer } = await openIndex(root, directory);
  await indexer.refresh();
  await store.close();
  for (const name of strayFiles(directory)) say(`problem: ${name} is left over`);
  const wrong = differences(await indexContent(root, directory), await contentFromScratch(root));
  if (wrong.length > 0) say(`problem: differs from an index from scratch in ${wrong.join(', ')}`);
} catch (error) {
  say(`problem: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}
say('checked');
if (round.work !== 'none') await workUntilKilled(round);
