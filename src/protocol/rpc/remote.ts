/**
 * How an interface looks through a message port. A service is an interface whose methods return
 *
 * - a promise: a call, answered or rejected once;
 * - an async iterable: a stream, an `AsyncGenerator` when it ends with a value;
 * - anything else, which is nothing as a rule: an event, which nobody waits for.
 *
 * Arguments and values are copied by structured clone. The last argument of calls and streams may be an `AbortSignal`.
 */
export type Remote<Service extends object> = {
  readonly [Name in keyof Service]: RemoteMethod<Service[Name]>;
};

type RemoteMethod<Method> = Method extends (...args: infer Args) => infer Result
  ? Result extends Promise<unknown>
    ? Method
    : Result extends AsyncGenerator<infer Item, infer End, never>
      ? (...args: Args) => AsyncGenerator<Item, End, undefined>
      : Result extends AsyncIterable<infer Item>
        ? (...args: Args) => AsyncGenerator<Item, void, undefined>
        : (...args: Args) => void
  : never;

/** Which methods are no calls. The caller's side has to know before anything is sent. */
export type MethodKinds<Service extends object> = {
  readonly [
    Name in keyof Service as Service[Name] extends (...args: never) => Promise<unknown> ? never : Name
  ]: Service[Name] extends (...args: never) => AsyncIterable<unknown> ? 'stream' : 'event';
};
