/** Entry point of the evaluation worker: lives for one evaluation and may use a whole core and much memory for it. */
import { evaluationHostKinds, type EvaluationHost } from '../../protocol/evaluation.ts';
import { servePort } from '../worker/servePort.ts';
import { createEvaluationService } from './evaluationService.ts';

servePort<EvaluationHost>(evaluationHostKinds, createEvaluationService);
