/** What the answers of an endpoint are read with. */
export interface EndpointContext {
  /** Host, for messages. */
  readonly endpoint: string;
  /** The model's name as the provider knows it. */
  readonly model: string;
  /** Key and extra header values: they are cut out of whatever the provider says. */
  readonly secrets: readonly string[];
  readonly hasKey: boolean;
  /** Milliseconds since the epoch, for dates in `Retry-After`. */
  readonly now: () => number;
}
