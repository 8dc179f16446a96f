import { subTokens, WHOLE } from '../../retrieval/subTokens.ts';
import type { CaseSource } from '../caseSource.ts';
import type { RetrievalCase } from '../evalCase.ts';
import { areOneDefinition, type DefinedPlace } from '../workspace.ts';

const ID = 'identifier';
const MIN_CHARS = 6;

/**
 * Asks with the bare name of something that other files use too and that is defined once. Nothing is hidden: what is
 * asked is whether the definition comes before the uses, so only its first line is right.
 */
export const identifierSource: CaseSource<RetrievalCase> = {
  id: ID,
  label: 'Name → its definition',
  casesIn(file, workspace) {
    const { language } = file;
    if (file.isTest || !language) return [];
    const names = new Set(file.definitions.map(({ name }) => name).filter(isTelling));
    return [...names].flatMap((name): RetrievalCase[] => {
      const places = workspace.definitions(name);
      const isFirst = places[0]?.file === file;
      const files = new Set(places.map((place) => place.file));
      if (!isFirst || !areOneDefinition(places) || workspace.userCount(name) <= files.size) return [];
      return [
        {
          id: `${ID}:${file.path}#${name}`,
          source: ID,
          language: language.name,
          folder: file.folder,
          path: file.path,
          question: name,
          name,
          gold: places.map(headOf),
          hides: [],
        },
      ];
    });
  },
};

/** Long and of several parts: other names are words that stand everywhere. */
function isTelling(name: string): boolean {
  return name.length >= MIN_CHARS && subTokens(name).some((term) => term.startsWith(WHOLE));
}

function headOf({ file, range }: DefinedPlace) {
  return { path: file.path, startLine: range.line + 1, endLine: range.line + 1 };
}
