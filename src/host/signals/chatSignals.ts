import type { LocatedCitation } from '../../core/ports/chatMessage.ts';
import type { Clock } from '../../core/ports/runtime.ts';
import type { AnsweredSignal, ChatSignal } from '../../core/ports/signalRecord.ts';
import type { Grounding } from '../../core/shared/citation.ts';
import type { Provenance } from '../../core/shared/provenance.ts';
import type { SignalBatch } from './signalBatch.ts';

/** The answer that was used. */
export interface UsedAnswer {
  readonly id: string;
  /** Absent while it is being written. */
  readonly source?: string | undefined;
  readonly citations: readonly LocatedCitation[];
}

/** An answer that has ended, however it did. */
export interface EndedAnswer extends Pick<
  AnsweredSignal,
  'id' | 'state' | 'turn' | 'length' | 'isAbstention'
> {
  /** When it was asked for, in milliseconds since the epoch. */
  readonly askedAt: number;
  readonly citations: readonly LocatedCitation[];
  /** Absent when it was not checked. */
  readonly grounding?: Grounding | undefined;
  /** Absent when it ended before anything was known of it. */
  readonly provenance?: Provenance | undefined;
}

export type AnswerUse = Pick<ChatSignal, 'action' | 'part' | 'length'>;

interface ChatSignalsOptions {
  readonly batch: Pick<SignalBatch, 'add'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Identity in the ledger of the folder with this root. */
  readonly workspaceId: (root: string) => string | undefined;
  readonly isEnabled: () => boolean;
}

/** Records each answer of the chat and what is done with it, unless the user said no. */
export class ChatSignals {
  readonly #options: ChatSignalsOptions;

  constructor(options: ChatSignalsOptions) {
    this.#options = options;
  }

  answered({ askedAt, citations, grounding, provenance, ...answer }: EndedAnswer): void {
    const { batch, clock, isEnabled } = this.#options;
    if (!isEnabled()) return;
    const at = clock.now();
    batch.add([
      {
        kind: 'answered',
        at,
        workspace: this.#workspaceOf(citations),
        ...answer,
        citations: citations.length,
        ...grounding,
        provenance: provenance ?? { source: 'unknown', latencyMs: Math.max(0, at - askedAt) },
      },
    ]);
  }

  used({ id, source = 'unknown', citations }: UsedAnswer, use: AnswerUse): void {
    const { batch, clock, isEnabled } = this.#options;
    if (!isEnabled()) return;
    const workspace = this.#workspaceOf(citations);
    batch.add([{ kind: 'chat', id, at: clock.now(), workspace, source, ...use }]);
  }

  /** The one folder that the answer is about, if it is one. */
  #workspaceOf(citations: readonly LocatedCitation[]): string {
    const [root, ...others] = new Set(citations.map((citation) => citation.root));
    return root === undefined || others.length > 0 ? '' : (this.#options.workspaceId(root) ?? '');
  }
}
