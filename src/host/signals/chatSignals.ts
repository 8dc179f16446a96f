import type { Clock } from '../../core/ports/runtime.ts';
import type { ChatSignal } from '../../core/ports/signalRecord.ts';
import type { ChatCitation } from '../../protocol/chat.ts';
import type { SignalBatch } from './signalBatch.ts';

/** The answer that was used. */
export interface UsedAnswer {
  readonly id: string;
  /** Absent while it is being written. */
  readonly source?: string | undefined;
  readonly citations: readonly ChatCitation[];
}

export type AnswerUse = Pick<ChatSignal, 'action' | 'part' | 'length'>;

export interface ChatSignalsOptions {
  readonly batch: Pick<SignalBatch, 'add'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Identity in the ledger of the folder with this root. */
  readonly workspaceId: (root: string) => string | undefined;
  readonly isEnabled: () => boolean;
}

/** Records what is done with answers of the chat, unless the user said no. */
export class ChatSignals {
  readonly #options: ChatSignalsOptions;

  constructor(options: ChatSignalsOptions) {
    this.#options = options;
  }

  used({ id, source = 'unknown', citations }: UsedAnswer, use: AnswerUse): void {
    const { batch, clock, isEnabled } = this.#options;
    if (!isEnabled()) return;
    const workspace = this.#workspaceOf(citations);
    batch.add([{ kind: 'chat', id, at: clock.now(), workspace, source, ...use }]);
  }

  /** The one folder that the answer is about, if it is one. */
  #workspaceOf(citations: readonly ChatCitation[]): string {
    const [root, ...others] = new Set(citations.map((citation) => citation.root));
    return root === undefined || others.length > 0 ? '' : (this.#options.workspaceId(root) ?? '');
  }
}
