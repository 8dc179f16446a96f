import { ModelError } from './modelError.ts';

export type ResponseProblem = 'content-type' | 'redirect' | 'malformed' | 'vectors' | 'too-large';

const MESSAGES: Readonly<Record<ResponseProblem, (endpoint: string, detail: string) => string>> = {
  'content-type': (endpoint, type) =>
    `${endpoint} answered with ${type} instead of a model’s answer, perhaps from a proxy or a log-in page. Check the base URL and the network.`,
  redirect: (endpoint, target) =>
    `${endpoint} redirects to ${target}, and keys are not sent on. If you trust it, set the base URL to where it leads.`,
  malformed: (endpoint) =>
    `${endpoint} sent something that cannot be read. Check that the base URL is that of a model.`,
  vectors: (endpoint, wanted) =>
    `${endpoint} sent vectors that cannot be used: ${wanted} finite numbers were wanted in each. If another model has that name now, run "Touchstone: Clear Index" and index anew; else check the model's name and the base URL.`,
  'too-large': (endpoint) =>
    `${endpoint} sent far more than any answer needs, so reading stopped. Try again.`,
};

/** What came back is not what a model's endpoint sends. */
export class ModelResponseError extends ModelError {
  override readonly name = 'ModelResponseError';
  readonly code = 'model-response';
  readonly isTransient = false;
  readonly isOutage = true;
  readonly problem: ResponseProblem;

  /** `detail` is the content type, the host that a redirect leads to, or the dims of the vectors that were wanted. */
  constructor(endpoint: string, problem: ResponseProblem, detail = '') {
    super(endpoint, MESSAGES[problem](endpoint, detail));
    this.problem = problem;
  }
}
