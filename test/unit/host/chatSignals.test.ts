import { describe, expect, it } from 'vitest';
import type { SignalRecord } from '../../../src/core/ports/signalRecord.ts';
import { ChatSignals, type UsedAnswer } from '../../../src/host/signals/chatSignals.ts';
import { madeBy } from '../../support/madeBy.ts';
import { FakeClock } from '../../support/fakeClock.ts';

function setUp(isEnabled = true) {
  const added: SignalRecord[] = [];
  const signals = new ChatSignals({
    batch: { add: (records) => added.push(...records) },
    clock: new FakeClock(7),
    workspaceId: (root) => ({ '/a': 'id-of-a' })[root],
    isEnabled: () => isEnabled,
  });
  return { signals, added };
}

const from = (...roots: readonly string[]): UsedAnswer => ({
  id: 'x',
  source: 'extractive',
  citations: roots.map((root, index) => ({ number: index + 1, root, path: 'p', startLine: 1, endLine: 1 })),
});

describe('what is recorded of an answer that is used', () => {
  it('is the use, who wrote the answer, and the folder it is about', () => {
    const { signals, added } = setUp();
    signals.used(from('/a', '/a'), { action: 'copied', part: 'block', length: 3 });
    expect(added).toEqual([
      {
        kind: 'chat',
        id: 'x',
        at: 7,
        workspace: 'id-of-a',
        source: 'extractive',
        action: 'copied',
        part: 'block',
        length: 3,
      },
    ]);
  });

  it('names no folder when there are several, none, or one that is not open', () => {
    const { signals, added } = setUp();
    for (const answer of [from('/a', '/b'), from(), from('/b')]) {
      signals.used(answer, { action: 'citation-opened' });
    }
    expect(added.map(({ workspace }) => workspace)).toEqual(['', '', '']);
  });

  it('does not know who wrote an answer that is still being written', () => {
    const { signals, added } = setUp();
    signals.used({ ...from('/a'), source: undefined }, { action: 'inserted', length: 1 });
    expect(added).toMatchObject([{ source: 'unknown' }]);
  });

  it('is, once it has ended, what it came to and what made it', () => {
    const { signals, added } = setUp();
    const { citations } = from('/a');
    const ended = { id: 'x', turn: 2, askedAt: 3, citations } as const;
    signals.answered({
      ...{ ...ended, state: 'done', length: 12, provenance: madeBy('extractive'), isAbstention: true },
      grounding: { checked: 1, supported: 1 },
    });
    signals.answered({ ...ended, state: 'stopped', length: 0, citations: [] });
    const common = { kind: 'answered', id: 'x', at: 7, turn: 2 };
    expect(added).toEqual([
      {
        ...{ ...common, workspace: 'id-of-a', state: 'done', length: 12, citations: 1 },
        ...{ checked: 1, supported: 1, isAbstention: true, provenance: madeBy('extractive') },
      },
      {
        ...{ ...common, workspace: '', state: 'stopped', length: 0, citations: 0 },
        provenance: { source: 'unknown', latencyMs: 4 },
      },
    ]);
  });

  it('is nothing while recording is off', () => {
    const { signals, added } = setUp(false);
    signals.used(from('/a'), { action: 'inserted', length: 1 });
    signals.answered({ id: 'x', state: 'done', turn: 0, length: 1, askedAt: 0, citations: [] });
    expect(added).toEqual([]);
  });
});
