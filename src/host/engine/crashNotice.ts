import { l10n } from 'vscode';
import type { WorkerCrash } from './supervisor.ts';
import type { LogChannel } from '../editor/log.ts';
import { warn } from '../editor/notify.ts';

/** Logs every crash of a worker, and tells the user of the first one and of one that is not followed by a restart. */
export function createCrashNotice(log: LogChannel): (crash: WorkerCrash) => void {
  let isTold = false;
  return ({ worker, reason, restartInMs }) => {
    log.error(`The ${worker} has crashed`, reason);
    if (isTold && restartInMs !== undefined) return;
    isTold = true;
    const message =
      restartInMs === undefined
        ? l10n.t(
            'Touchstone: the {0} keeps crashing and stays off. Run “Touchstone: Reindex Workspace” to try again.',
            worker,
          )
        : l10n.t('Touchstone: the {0} has crashed and is being restarted.', worker);
    void tell(message, log);
  };
}

async function tell(message: string, log: LogChannel): Promise<void> {
  const showLog = l10n.t('Show Log');
  if ((await warn(message, showLog)) === showLog) log.show();
}
