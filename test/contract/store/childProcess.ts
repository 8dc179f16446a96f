import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface Child {
  /** Resolves once the child has printed a line that `test` accepts. */
  printed(test: (line: string) => boolean): Promise<void>;
  kill(): void;
  /** Resolves when the child has ended, with what ended it and all lines it printed. */
  readonly ended: Promise<{
    readonly by: number | string;
    readonly lines: readonly string[];
    readonly errors: string;
  }>;
}

/** Runs a script of `children/` in a Node process of its own; it dies with the test. */
export function startChild(script: string, ...args: readonly string[]): Child {
  const path = fileURLToPath(new URL(`./children/${script}.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--experimental-strip-types', '--no-warnings', path, ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  let errors = '';
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => lines.push(line));
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const ended = once(child, 'close').then(([code, signal]: (number | string | null)[]) => ({
    by: signal ?? code ?? 'nothing',
    lines,
    errors,
  }));
  return {
    ended,
    kill: () => void child.kill('SIGKILL'),
    async printed(test) {
      while (!lines.some(test)) {
        const next = await Promise.race([once(output, 'line'), ended]);
        if ('errors' in next && !lines.some(test)) throw new Error(`ended early: ${next.errors}`);
      }
    },
  };
}
