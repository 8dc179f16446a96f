import { beforeEach, describe, expect, it } from 'vitest';
import { advance, type Conversation } from '../../../src/core/chat/conversation.ts';
import type { StoredSession } from '../../../src/core/ports/sessionStore.ts';
import { SessionKeeper } from '../../../src/host/chat/sessionKeeper.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { settled } from './fakeChatEngine.ts';
import { MemorySessionStore } from './memorySessionStore.ts';

let store: MemorySessionStore;
let clock: FakeClock;
let logged: string[];
let problems: string[];
let keeper: SessionKeeper;

beforeEach(() => {
  store = new MemorySessionStore();
  clock = new FakeClock();
  logged = [];
  problems = [];
  keeper = new SessionKeeper({
    store,
    newId: () => 'new',
    clock,
    log: { warn: (message) => logged.push(message) },
    onProblem: (problem) => problems.push(problem),
  });
});

const wanted = () => true;
const conversation = (id: string): Conversation =>
  advance([], { type: 'asked', id, questionId: `q-${id}`, question: 'why?' });
const session = (id: string, updatedAt: number): StoredSession => ({
  id,
  createdAt: 1,
  updatedAt,
  messages: [...conversation(id)],
});

describe('what was kept', () => {
  it('comes back, the session changed last, and goes on under its own name', async () => {
    store.put(session('old', 5), session('older', 3));
    expect(await keeper.restore(wanted)).toEqual(conversation('old'));
    keeper.changed(conversation('next'), true);
    await keeper.flush();
    expect(store.get('old')).toMatchObject({ createdAt: 1, messages: conversation('next') });
    expect(store.ids).toEqual(['old', 'older']);
  });

  it('is deleted when it is not wanted any more', async () => {
    store.put(session('old', 5));
    expect(await keeper.restore(() => false)).toEqual([]);
    expect(store.ids).toEqual([]);
  });

  it('and cannot be read is told; what is said from now on is kept beside it', async () => {
    store.problems.push('It is kept in x.damaged.');
    expect(await keeper.restore(wanted)).toEqual([]);
    expect(problems).toEqual(['It is kept in x.damaged.']);
    store.failure = new Error('no disk');
    expect(await keeper.restore(wanted)).toEqual([]);
    store.failure = undefined;
    keeper.changed(conversation('a'), true);
    await keeper.flush();
    expect(store.ids).toEqual(['new']);
    expect(logged).toEqual(['Could not read the last conversation']);
  });
});

describe('what changes', () => {
  it('is not saved before what was kept is known', async () => {
    keeper.changed(conversation('a'), true);
    await keeper.flush();
    expect(store.ids).toEqual([]);
  });

  it('is saved at once when it is urgent, else before long and once', async () => {
    await keeper.restore(wanted);
    keeper.changed(conversation('a'), true);
    await settled();
    expect(store.saves).toBe(1);
    for (const id of ['b', 'c', 'd']) keeper.changed(conversation(id), false);
    await settled();
    expect(store.saves).toBe(1);
    clock.advance(2_000);
    await settled();
    expect(store.saves).toBe(2);
    expect(store.get('new')?.messages).toEqual(conversation('d'));
    expect(clock.pending).toBe(0);
  });

  it('while something is being saved is saved after it, and a flush waits for both', async () => {
    await keeper.restore(wanted);
    keeper.changed(conversation('a'), true);
    keeper.changed(conversation('b'), true);
    keeper.changed(conversation('c'), false);
    await keeper.flush();
    expect(store.get('new')?.messages).toEqual(conversation('c'));
  });

  it('to nothing deletes the session; the next question begins another', async () => {
    await keeper.restore(wanted);
    keeper.changed(conversation('a'), true);
    await keeper.flush();
    keeper.changed([], true);
    await keeper.flush();
    expect(store.ids).toEqual([]);
    keeper.changed([], true);
    await keeper.flush();
    expect(store.ids).toEqual([]);
  });

  it('and cannot be saved is tried again with the next change', async () => {
    await keeper.restore(wanted);
    store.failure = new Error('disk full');
    keeper.changed(conversation('a'), true);
    await keeper.flush();
    expect(logged).toEqual(['Could not keep the conversation']);
    store.failure = undefined;
    keeper.changed(conversation('b'), true);
    await keeper.flush();
    expect(store.get('new')?.messages).toEqual(conversation('b'));
  });
});
