import { TouchstoneError } from './touchstoneError.ts';

export type EndpointProblem = 'not-a-url' | 'credentials' | 'query' | 'unencrypted' | 'header';

const MESSAGES: Readonly<Record<EndpointProblem, (what: string) => string>> = {
  'not-a-url': () =>
    'The base URL of the model is not an http or https address. Enter one such as https://host/v1.',
  credentials: (host) =>
    `The base URL for ${host} contains a user name or password. Take them out and store the key as an API key.`,
  query: (host) =>
    `The base URL for ${host} contains a query or a fragment. Leave out everything from ? or # on.`,
  unencrypted: (host) =>
    `${host} is on the internet, but the base URL is plain http: keys and code could be read on the way. Use https.`,
  header: (name) => `The extra header ${name} cannot be sent. Use plain ASCII without line breaks.`,
};

/** A model's address is configured such that nothing may be sent there. The message never repeats the address itself. */
export class ModelEndpointError extends TouchstoneError {
  override readonly name = 'ModelEndpointError';
  readonly code = 'model-endpoint';
  readonly problem: EndpointProblem;

  /** `what` is the host, or the name of the header. */
  constructor(problem: EndpointProblem, what = '') {
    super(MESSAGES[problem](what));
    this.problem = problem;
  }
}
