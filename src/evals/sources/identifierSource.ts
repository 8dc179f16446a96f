import type { RetrievalCase } from '../evalCase.ts';
import { areOneDefinition, type CaseSource, type DefinedPlace } from '../workspace.ts';
import { asWords, inPart, isTelling, misspelt, type NameForm } from './docCommentSource.ts';

const MIN_CHARS = 6;

/** Asks with the bare name: whether the definition comes before the uses. */
export const identifierSource = nameSource('identifier', 'Name → its definition', (name) => name);

/** Asks with the name as it is spoken. */
export const nameWordsSource = nameSource('name-words', 'Name in words → its definition', asWords);

/** Asks with a part of the name. */
export const namePartSource = nameSource('name-part', 'Part of a name → its definition', inPart);

/** Asks with the name as somebody mistypes it. */
export const misspeltNameSource = nameSource('name-typo', 'Misspelt name → its definition', misspelt);

/**
 * Asks for something that other files use too and that is defined once. Nothing is hidden, so only the first line of the
 * definition is right.
 */
function nameSource(id: string, label: string, form: NameForm): CaseSource<RetrievalCase> {
  return {
    id,
    label,
    casesIn(file, workspace) {
      const { language } = file;
      if (file.isTest || !language) return [];
      const names = new Set(file.definitions.map(({ name }) => name).filter(isAsked));
      return [...names].flatMap((name): RetrievalCase[] => {
        const places = workspace.definitions(name);
        const isFirst = places[0]?.file === file;
        const files = new Set(places.map((place) => place.file));
        if (!isFirst || !areOneDefinition(places) || workspace.userCount(name) <= files.size) return [];
        const question = form(name, workspace);
        if (question === undefined) return [];
        return [
          {
            id: `${id}:${file.path}#${name}`,
            source: id,
            language: language.name,
            folder: file.folder,
            path: file.path,
            question,
            name,
            gold: places.map(headOf),
            hides: [],
          },
        ];
      });
    },
  };
}

/** Long and of several parts: other names are words that stand everywhere. */
function isAsked(name: string): boolean {
  return name.length >= MIN_CHARS && isTelling(name);
}

function headOf({ file, range }: DefinedPlace) {
  return { path: file.path, startLine: range.line + 1, endLine: range.line + 1 };
}
