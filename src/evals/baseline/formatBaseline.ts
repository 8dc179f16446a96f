import type { Baseline, SuiteBaseline } from './baseline.ts';

/** The text of a baseline file: JSON with a line for each case, sorted by id, so that a diff shows what changed. */
export function formatBaseline({ suites, ...settings }: Baseline): string {
  const { format, recipe, seed, wanted, model, prompt, runs } = settings;
  const chat = {
    ...(model !== undefined && { model }),
    ...(prompt !== undefined && { prompt }),
    ...(runs !== undefined && { runs }),
  };
  const head = Object.entries({ format, recipe, seed, wanted, ...chat }).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},`,
  );
  const parts = Object.entries(suites).map(([name, suite]) => suiteLines(name, suite));
  return `{\n${head.join('\n')}\n  "suites": {\n${parts.join(',\n')}\n  }\n}\n`;
}

function suiteLines(name: string, { count, mean, cases }: SuiteBaseline): string {
  const lines = Object.entries(cases)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, scores]) => `        ${JSON.stringify(id)}: ${onOneLine(scores)}`);
  const body = lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n      }`;
  return `    ${JSON.stringify(name)}: {
      "count": ${count},
      "mean": ${onOneLine(mean)},
      "cases": ${body}
    }`;
}

function onOneLine(scores: Readonly<Record<string, number>>): string {
  const members = Object.entries(scores).map(([id, score]) => `${JSON.stringify(id)}: ${score}`);
  return `{ ${members.join(', ')} }`;
}
