import { l10n } from 'vscode';
import type { WorkerCrash } from './supervisor.ts';
import type { LogChannel } from '../editor/log.ts';
import { warn } from '../editor/notify.ts';

/**
 * Logs every crash of a worker, and tells the user of the first one, of each file that is set aside, and of one that is not
 * followed by a restart.
 */
export function createCrashNotice(log: LogChannel): (crash: WorkerCrash) => void {
  let isTold = false;
  return ({ worker, reason, restartInMs, wasSilent, setAside }) => {
    log.error(`The ${worker} ${wasSilent ? 'fell silent and was ended' : 'has crashed'}`, reason);
    if (setAside && restartInMs !== undefined) {
      void tell(setAsideText(setAside.path), log);
      return;
    }
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

function setAsideText(path: string): string {
  return l10n.t(
    'Touchstone: work on {0} did not get done. It is left out until it changes; “Touchstone: Show Index Status” lists such files.',
    path,
  );
}

async function tell(message: string, log: LogChannel): Promise<void> {
  const showLog = l10n.t('Show Log');
  if ((await warn(message, showLog)) === showLog) log.show();
}
