import type { ModelEndpoint } from '../../core/models/modelEndpoint.ts';
import type { OpenaiProfile } from './openaiProfile.ts';

/** Where and as whom to ask which model. */
export interface OpenaiOptions {
  readonly endpoint: ModelEndpoint;
  /** Absent for servers that need none, as most on one's own machine. */
  readonly apiKey?: string;
  /** The model's name as the endpoint knows it. */
  readonly model: string;
  /** Sent with every request, for example for a gateway. */
  readonly headers?: Readonly<Record<string, string>>;
  /** By the endpoint's host unless given. */
  readonly profile?: OpenaiProfile;
  /** In place of the global one, for example for a proxy. */
  readonly fetch?: typeof fetch;
  /** Where reading an answer stops, in bytes. */
  readonly maxResponseBytes?: number;
  /** Milliseconds since the epoch; the machine's clock unless given. */
  readonly now?: () => number;
}
