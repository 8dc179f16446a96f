import type { ChatOutcome, ChatTrial } from '../../../../src/evals/outcome.ts';
import type { Place } from '../../../../src/evals/evalCase.ts';

/** `a:3-9` as a place; `a:3` is one line. */
export function place(text: string): Place {
  const [path = '', lines = ''] = text.split(':');
  const [first = 0, last = first] = lines.split('-').map(Number);
  return { path, startLine: first, endLine: last };
}

export function places(...texts: readonly string[]): readonly Place[] {
  return texts.map(place);
}

/** An answer out of one second's work that cites and retrieves nothing unless said. */
export function trial(changes: Partial<ChatTrial> = {}): ChatTrial {
  return {
    ...{ answer: 'Yes.', citations: [], retrieved: [], isAbstention: false, isReplayed: false },
    ...{ inputTokens: null, outputTokens: null, cost: null, firstTokenMs: null, elapsedMs: 1000 },
    ...changes,
  };
}

/** A question whose answer is in lines 1 to 9 of `a`, and how it went. */
export function chatted(trials: readonly ChatTrial[], changes: Partial<ChatOutcome> = {}): ChatOutcome {
  return {
    ...{ id: 'chat:1', source: 'doc-comment', language: 'TypeScript', folder: 'src', path: 'a' },
    ...{ question: 'What does a do?', gold: places('a:1-9'), isAnswerable: true },
    ...{ mustMention: [], mustNotMention: [], trials, elapsedMs: 1000 },
    ...changes,
  };
}
