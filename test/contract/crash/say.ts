import { writeSync } from 'node:fs';

/** Prints a line that reaches the parent even if this process is killed right after. */
export function say(line: string): void {
  writeSync(1, `${line.replaceAll('\n', ' | ')}\n`);
}
