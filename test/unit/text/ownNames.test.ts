import { expect, it } from 'vitest';
import { embeddingCost } from '../../../src/core/embedding/embeddingPrices.ts';
import { parseModelChoice } from '../../../src/core/models/modelChoice.ts';
import { ownValue } from '../../../src/core/shared/ownValue.ts';
import { languageTag } from '../../../src/core/text/languageTag.ts';
import { parseCaseFile } from '../../../src/evals/authored/parseCaseFile.ts';
import { compareWithBaseline } from '../../../src/evals/baseline/compareWithBaseline.ts';
import { changeWords } from '../../../src/evals/baseline/changeWords.ts';
import { languageOf } from '../../../src/evals/languages.ts';
import { bracketBalance } from '../../../src/evals/syntaxCheck.ts';
import { openaiProfileOf } from '../../../src/adapters/openai/openaiProfile.ts';
import { grammarFor } from '../../../src/adapters/treesitter/grammars.ts';
import { takesOption } from '../../../src/cli/takesOption.ts';
import { proposeKeys, proposeValues } from '../../../src/host/evalFiles/caseFileSchema.ts';
import { summarizeOutcomes } from '../../../src/evals/summary.ts';
import { asked, baselineFrom, evaluationOf, RECIPE } from '../evals/baseline/baselineFixture.ts';

/** Names that every object seems to have. */
const NAMES = Object.getOwnPropertyNames(Object.prototype);

it.each(NAMES)('attack: the name %s means nothing as a file type, a language or a grammar', (name) => {
  expect(languageTag(`a.${name}`)).not.toMatch(/[^a-z]/);
  expect(languageOf(`a.${name}`)).toBeUndefined();
  expect(grammarFor(`a.${name}`)).toBeUndefined();
  expect(bracketBalance.isWellFormed(`a.${name}`, '(')).toBeUndefined();
});

it.each(NAMES)('attack: the name %s means nothing as a model, a provider or a server', (name) => {
  expect(embeddingCost(name, 1)).toBeNull();
  expect(parseModelChoice(`${name}:model`)).toBeUndefined();
  expect(openaiProfileOf(name)).toEqual(openaiProfileOf('example.invalid'));
});

it.each(NAMES)('attack: the name %s means nothing as a key in a file of cases, at any depth', (name) => {
  const source = `${name}: 1\nchat:\n  - question: a b c\n    gold: [a.ts]\n    ${name}: 2\n`;
  const { problems, chat } = parseCaseFile(source);
  expect(problems.map(({ message }) => message).join('\n')).toContain(`\`${name}\``);
  expect(problems.map(({ message }) => message).join('\n')).not.toContain('function');
  expect(chat).toEqual([]);
  expect(parseCaseFile(`${name}:\n  chat: []\n`).chat).toEqual([]);
  const schema = { properties: { chat: { items: { properties: {} } } } };
  expect(proposeValues(schema, name, name)).toEqual([]);
  expect(proposeKeys(schema, name, [])).toEqual([]);
});

it.each(NAMES)('attack: the name %s means nothing as the id of a case or the name of a measure', (name) => {
  const now = evaluationOf([asked(name, 1)]);
  const compared = compareWithBaseline(now, baselineFrom([asked('other', 1)]), RECIPE).suites[0];
  expect(compared).toMatchObject({ added: [name], vanished: ['other'], changed: [] });
  expect(changeWords({ before: {}, now: { [name]: 1 } })).toBe(`${name} – → 1`);
  const { groups } = summarizeOutcomes([asked(name, 1)], [], { Folder: () => name });
  expect(groups['Folder']?.map((group) => group.name)).toEqual([name]);
});

it.each(NAMES)('attack: the name %s means nothing as a command or in a record', (name) => {
  expect(takesOption(name, 'file')).toBe(true);
  expect(ownValue({}, name)).toBeUndefined();
  expect(ownValue({ [name]: 3 }, name)).toBe(3);
});
