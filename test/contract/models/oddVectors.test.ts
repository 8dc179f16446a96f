import { describe, expect, test } from 'vitest';
import { createCohereRerankModel } from '../../../src/adapters/cohere/cohereRerankModel.ts';
import { createOpenaiEmbeddingModel } from '../../../src/adapters/openai/openaiEmbeddingModel.ts';
import { fetchOf, optionsOf } from './bodies.ts';

const never = new AbortController().signal;
const over = (body: unknown) =>
  optionsOf(
    fetchOf({ headers: { 'content-type': 'application/json' }, pieces: [JSON.stringify(body)] }).fetch,
  );
const embed = (body: unknown) =>
  createOpenaiEmbeddingModel({
    ...over(body),
    limits: { texts: 9, tokens: 100, tokensPerText: 9 },
    dims: null,
  }).embed({ texts: ['a', 'b', 'c'], kind: 'document' }, never);
const rank = (body: unknown) =>
  createCohereRerankModel({ ...over(body), path: '/rerank' }).rank(
    { query: 'q', texts: ['a', 'b', 'c'] },
    never,
  );

const [A, B, C] = [{ embedding: [1, 0] }, { embedding: [2, 0] }, { embedding: [3, 0] }];
const base64 = Buffer.from(Float32Array.of(1, 0).buffer).toString('base64');

describe('vectors are read with what is needed:', () => {
  test.each([
    ['no index of the first', { data: [A, { ...B, index: 1 }, { ...C, index: 2 }] }],
    ['no index of the first, out of order', { data: [{ ...C, index: 2 }, A, { ...B, index: 1 }] }],
    ['no index at all', { data: [A, B, C] }],
    [
      'an index of null',
      {
        data: [
          { ...A, index: null },
          { ...B, index: 1 },
          { ...C, index: 2 },
        ],
      },
    ],
    [
      'an index as a text',
      {
        data: [
          { ...C, index: '2' },
          { ...A, index: '0' },
          { ...B, index: '1' },
        ],
      },
    ],
    ['odd usage', { data: [A, B, C], usage: { total_tokens: null, prompt_tokens: 'many' } }],
    ['base64', { data: [{ embedding: base64 }, B, C] }],
    ['a bare list', [A.embedding, B.embedding, C.embedding]],
  ])('%s', async (_, body) => {
    expect((await embed(body)).vectors.map(([first]) => first)).toEqual([1, 2, 3]);
  });

  test.each([
    ['one is missing', { data: [A, B] }],
    [
      'one comes twice',
      {
        data: [
          { ...A, index: 0 },
          { ...B, index: 0 },
          { ...C, index: 2 },
        ],
      },
    ],
    ['one is no vector', { data: [A, B, { embedding: null }] }],
    ['one is empty', { data: [A, B, { embedding: [] }] }],
    ['nothing is there', {}],
  ])('but not when %s', async (_, body) => {
    await expect(embed(body)).rejects.toMatchObject({ code: 'model-response', problem: 'malformed' });
  });
});

describe('an order is read with what is needed:', () => {
  test.each([
    [
      'no index of the first',
      {
        results: [
          { index: 1, relevance_score: 0.9 },
          { relevance_score: 0.5 },
          { index: 2, relevance_score: 0.1 },
        ],
      },
    ],
    [
      'only the best',
      {
        results: [
          { index: 1, relevance_score: 0.9 },
          { index: 0, relevance_score: 0.5 },
        ],
      },
    ],
    [
      'scores under another name',
      [
        { index: 1, score: 0.9 },
        { index: 0, score: 0.5 },
        { index: 2, score: 0.1 },
      ],
    ],
    [
      'a score of null',
      {
        data: [
          { index: 1, relevance_score: 0.9 },
          { index: 0, relevance_score: 0.5 },
          { index: 2, relevance_score: null },
        ],
      },
    ],
    ['numbers alone', { scores: [0.5, 0.9, 0.1] }],
    [
      'an index out of range',
      {
        results: [
          { index: 1, relevance_score: 0.9 },
          { index: 0, relevance_score: 0.5 },
          { index: 7, relevance_score: 1 },
        ],
      },
    ],
  ])('%s', async (_, body) => {
    const { scores } = await rank(body);
    expect([0, 1, 2].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))).toEqual([1, 0, 2]);
  });
});
