import { describe, expect, it } from 'vitest';
import { withoutFrame } from '../../../src/core/retrieval/questionFrame.ts';

describe('withoutFrame', () => {
  it.each([
    ['Which code creates the socket?', 'creates the socket?'],
    ['Where do we parse dates?', 'parse dates?'],
    ['how does the parser recover', 'parser recover'],
    ['Which function is responsible for parsing?', 'parsing?'],
    ['Can you show me where the cache is filled', 'cache is filled'],
    ['Wo wird die Verbindung geöffnet?', 'Verbindung geöffnet?'],
    ['Où est créée la session ?', 'créée la session ?'],
    ['¿Dónde se valida el token?', 'valida el token?'],
    ['где проверяется токен', 'проверяется токен'],
    ['どこでトークンを検証しますか', 'トークンを検証しますか'],
    ['如何解析日期', '解析日期'],
  ])('makes of %j what it asks for', (question, bare) => {
    expect(withoutFrame(question)).toBe(bare);
  });

  it.each(['class loader', 'howitzer', 'string', 'is the type of a door', 'how', 'where', '', '???', 'R'])(
    'leaves %j as it is',
    (query) => {
      expect(withoutFrame(query)).toBe(query);
    },
  );

  it.each([
    ['which class', 'class'],
    ['what is a function?', 'function?'],
    ['where is the class Door defined', 'class Door defined'],
    ['what is it', 'it'],
  ])('keeps the subject of %j', (question, subject) => {
    expect(withoutFrame(question)).toBe(subject);
  });
});
