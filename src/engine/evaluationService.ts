import { DEFAULT_SEED, type Evaluation } from '../core/evals/evaluation.ts';
import type { PlaceLink } from '../core/evals/report/placeMarkup.ts';
import { renderReport } from '../core/evals/report/renderReport.ts';
import { systemClock } from '../core/systemClock.ts';
import type { EvaluationHost, EvaluationReport, EvaluationService } from '../protocol/evaluation.ts';
import type { PlaceArguments } from '../protocol/placeArguments.ts';
import { checkCases } from './checkCases.ts';
import { evaluateFolder } from './evaluateFolder.ts';
import { createHostLogger } from './hostLogger.ts';
import { reportNowAndThen } from './reportNowAndThen.ts';

/** Evaluates with every suite and renders what was found. */
export function createEvaluationService(host: EvaluationHost): EvaluationService {
  const log = createHostLogger(host);
  return {
    async evaluate({ root, state, cases, linkCommand }) {
      const onProgress = reportNowAndThen(systemClock, (progress) => {
        host.evaluationProgress(progress);
      });
      const options = {
        ...{ state, cases, onProgress, seed: DEFAULT_SEED },
        suites: ['retrieval', 'completion', 'chat'],
      } as const;
      return toReport(await evaluateFolder(root, options, log), linkCommand);
    },
    checkCases,
  };
}

function toReport(evaluation: Evaluation, linkCommand: string): EvaluationReport {
  const suites = [evaluation.retrieval, evaluation.completion, evaluation.chat].filter(
    (suite) => suite !== null,
  );
  return {
    page: renderReport(evaluation, commandLink(linkCommand)),
    html: renderReport(evaluation),
    json: JSON.stringify(evaluation),
    cases: suites.reduce((sum, { outcomes }) => sum + outcomes.length, 0),
    remarks: suites.flatMap(({ remark }) => remark ?? []),
  };
}

/** See https://code.visualstudio.com/api/extension-guides/command#command-uris. */
function commandLink(command: string): PlaceLink {
  return ({ path, startLine, endLine }) => {
    const place: PlaceArguments = [path, startLine, endLine];
    return `command:${command}?${encodeURIComponent(JSON.stringify(place))}`;
  };
}
