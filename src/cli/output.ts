import type { Writable } from 'node:stream';
import { printable, printableJson, printableLine } from './printable.ts';

/** Where a command writes: results to `out`, everything else to `err`, so that `--json` output stays pure. */
export interface Output {
  readonly json: boolean;
  /** One line of human-readable result, or several, shown as `printable`. */
  line(text: string): void;
  /** One JSON value, on a line of its own. */
  value(value: unknown): void;
  /** A remark, or how far something is: one line, whatever is quoted in it. */
  note(text: string): void;
}

export function createOutput(json: boolean, out: Writable, err: Writable): Output {
  return {
    json,
    line: (text) => void out.write(`${printable(text)}\n`),
    value: (value) => void out.write(`${printableJson(value)}\n`),
    note: (text) => void err.write(`${printableLine(text)}\n`),
  };
}
