/** An endpoint is to be left alone for a while: it asked for that, or it failed too often. */
export interface EndpointRest {
  /** What the calls are for: rests hold for one purpose. */
  readonly purpose: string;
  /** Host. */
  readonly endpoint: string;
  readonly because: 'outage' | 'hold';
  /** Milliseconds from now. */
  readonly remainingMs: number;
}

/** Tells the other model clients of this process what one of them has learnt about an endpoint. */
export interface EndpointRests {
  announce(rest: EndpointRest): void;
  /** Hears of what others announce; of its own announcements a client hears nothing. */
  listen(listener: (rest: EndpointRest) => void): void;
}
