/** Entry point of the evaluation worker: lives for one evaluation and may use a whole core and much memory for it. */
import type { EvaluationHost } from '../../protocol/evaluation.ts';
import { createEvaluationService } from './evaluationService.ts';
import { servePort } from '../worker/servePort.ts';

servePort<EvaluationHost>((send) =>
  createEvaluationService({
    log: (...args) => {
      send('log', ...args);
    },
    evaluationProgress: (progress) => {
      send('evaluationProgress', progress);
    },
  }),
);
