import { codeFence, escapeMarkdown, inlineCode } from '../text/markdownText.ts';
import { dedent } from '../text/dedent.ts';
import { languageTag } from '../text/languageTag.ts';
import { isAbout, isInNamedFile, type Place } from './place.ts';
import type { Question } from './question.ts';

/** Below this share of the question's terms, the best place may well be no answer. */
const CONVINCING = 0.5;
const ITEM_INDENT = '   ';

/** The first sentence: where the answer most probably is, and how sure that is. */
export function opening(question: Question, places: readonly Place[]): string {
  const [first] = places;
  if (first === undefined) return nothingFound('this question');
  const where = `${inlineCode(first.path)}, line ${first.line}`;
  const what = first.name === '' ? where : `${inlineCode(first.name)} in ${where}`;
  if (isInNamedFile(first.path, question)) {
    const part = first.name === '' ? '' : `${inlineCode(first.name)} on `;
    return `In ${inlineCode(first.path)}, what fits best is ${part}line ${first.line} [1].`;
  }
  if (isAbout(first, question)) return aboutSubject(question, where);
  if (first.coverage < CONVINCING) {
    return `No place in the indexed files matches the whole question. The nearest I found is ${what} [1].`;
  }
  return probable(question, what);
}

/** The opening says that what was asked for was not found: the first place, if there is one, is no more than near. */
export function isDoubtful(question: Question, first: Place | undefined): boolean {
  if (first === undefined) return true;
  if (isInNamedFile(first.path, question) || isAbout(first, question)) return false;
  return first.coverage < CONVINCING || wantsOtherDefinition(question);
}

/** The question names what it wants defined, and a place that is not about it will not do. */
function wantsOtherDefinition({ kind, subject, isExactName }: Question): boolean {
  return kind === 'definition' && isExactName && subject !== undefined;
}

function aboutSubject({ kind, subject = '' }: Question, where: string): string {
  const name = inlineCode(subject);
  return kind === 'definition' ? `${name} is defined in ${where} [1].` : `${name} is in ${where} [1].`;
}

function probable({ kind, subject, isExactName }: Question, what: string): string {
  switch (kind) {
    case 'definition':
      return isExactName && subject !== undefined
        ? `No definition of ${inlineCode(subject)} is indexed. The nearest I found is ${what} [1].`
        : `The most likely definition is ${what} [1].`;
    case 'purpose':
      return `The best explanation is probably ${what} [1].`;
    case 'how':
      return `The code that does this is most probably ${what} [1].`;
    case 'usage':
    case 'other':
      return `The answer is most probably in ${what} [1].`;
  }
}

/** The first sentence about uses of a name, of which there is at least one. */
export function usesFound(name: string, places: readonly Place[]): string {
  const files = new Set(places.map(({ path }) => path)).size;
  const count = places.length === 1 ? 'one place' : `${places.length} places`;
  const spread = files === 1 ? 'one file' : `${files} files`;
  const numbers = places.map((_, at) => `[${at + 1}]`).join(' ');
  return `Among the best matches, ${inlineCode(name)} is used in ${count} in ${spread} ${numbers}.`;
}

/** `definitions` are cited as sources, in their order. */
export function noUseFound(name: string, definitions: readonly Place[]): string {
  const [first] = definitions;
  return first === undefined
    ? nothingFound(inlineCode(name))
    : `I found no use of ${inlineCode(name)} beside its definition in ${inlineCode(first.path)}, line ${first.line} [1].`;
}

/** One numbered point: where, what its comment says, and the code. */
export function point(place: Place, number: number): string {
  const where = inlineCode(`${place.path}:${place.startLine}-${place.endLine}`);
  const head = place.name === '' ? where : `${inlineCode(place.name)}, ${where}`;
  const quote = place.sentence === undefined ? [] : [`> ${escapeMarkdown(place.sentence)}`, ''];
  const body = [...quote, ...codeFence(dedent(place.code), languageTag(place.path))];
  const item = body.map((line) => (line === '' ? '' : ITEM_INDENT + line));
  return [`${number}. ${head} [${number}]`, '', ...item].join('\n');
}

function nothingFound(what: string): string {
  return [
    `I found nothing in the indexed files that matches ${what}.`,
    '',
    'What may help:',
    '',
    '- Use words that stand in the code: a name of a function, a type or a file, or a part of one.',
    '- If indexing is still running, ask again when it has finished.',
    '- Files that are ignored, generated, binary or very large are not indexed.',
  ].join('\n');
}
