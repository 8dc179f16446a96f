/** A running worker thread, seen from the host. */
export interface WorkerLink {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** `listener` is called once, when the thread has ended for any reason; the text says why. */
  onExit(listener: (reason: string) => void): void;
  /** Ends the thread at once, whatever it is doing. */
  terminate(): Promise<void>;
}
