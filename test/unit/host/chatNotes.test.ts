import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/core/chat/answer.ts';
import { createChatNotes } from '../../../src/host/chat/chatNotes.ts';
import { madeBy } from '../../support/madeBy.ts';

const notes = createChatNotes({
  t: (message, ...args) => message.replaceAll(/\{(\d)\}/g, (_, index) => String(args[Number(index)])),
});
const answer = (checked: number, supported: number): Answer => ({
  text: '',
  citations: [],
  source: 'extractive',
  grounding: { checked, supported },
  provenance: madeBy('extractive'),
});

describe('the note below an answer', () => {
  it('says who wrote it and how many sources hold', () => {
    expect(notes.answered(answer(2, 2))).toBe(
      'Quoted from your code, no model used. All sources checked against your files.',
    );
    expect(notes.answered(answer(3, 2))).toBe(
      'Quoted from your code, no model used. 2 of 3 sources match your files.',
    );
  });

  it('names the model, and what it cited out of thin air', () => {
    const written: Answer = { ...answer(2, 2), source: 'model', model: { id: 'openai:gpt' } };
    expect(notes.answered(written)).toBe(
      'Written by openai:gpt from your code. All sources checked against your files.',
    );
    const inventive = { ...written, grounding: { checked: 2, supported: 2, invented: 1 } };
    expect(notes.answered(inventive)).toContain('One reference to a source that does not exist was removed.');
  });

  it('says why a model did not answer, or not to the end', () => {
    const model = { id: 'openai:gpt', problem: 'api.openai.com refused the API key. Store another.' };
    expect(notes.answered({ ...answer(0, 0), model })).toBe(
      'api.openai.com refused the API key. Store another. This is the built-in answer, quoted from your code.',
    );
    expect(notes.answered({ ...answer(0, 0), source: 'model', model })).toBe(
      'api.openai.com refused the API key. Store another. Written by openai:gpt from your code.',
    );
  });

  it('claims no check where nothing was checked', () => {
    expect(notes.answered(answer(0, 0))).toBe('Quoted from your code, no model used.');
  });

  it('passes on what an error says to do, and says what to do itself otherwise', () => {
    expect(notes.failed(new Error('Start the engine.'))).toBe('No answer: Start the engine.');
    for (const error of [new Error(''), 'x', undefined]) expect(notes.failed(error)).toContain('Show Log');
    expect(notes.stopped()).toContain('Ask again');
  });
});
