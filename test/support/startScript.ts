import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface RunningScript {
  /** Calls `test` once for every line from the first on; resolves when it says true. Rejects when the script ends before. */
  printed(test: (line: string) => boolean): Promise<void>;
  kill(): void;
  /** Resolves when it has ended, with what ended it and all that it printed. */
  readonly ended: Promise<{
    /** Exit code or signal. */
    readonly by: number | string;
    readonly lines: readonly string[];
    readonly errors: string;
  }>;
}

/** Runs a TypeScript file in a Node process of its own, which dies with the test at the latest. */
export function startScript(script: URL, ...args: readonly string[]): RunningScript {
  const running = start(script, args);
  onTestFinished(() => {
    running.kill();
  });
  return running;
}

/** Runs one to its end, also before or after a test. */
export function runScript(script: URL, ...args: readonly string[]): RunningScript['ended'] {
  return start(script, args).ended;
}

function start(script: URL, args: readonly string[]): RunningScript {
  const flags = ['--experimental-strip-types', '--no-warnings'];
  const child = spawn(process.execPath, [...flags, fileURLToPath(script), ...args]);
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
      for (let seen = 0; ;) {
        while (seen < lines.length) if (test(lines[seen++] ?? '')) return;
        const next = await Promise.race([once(output, 'line'), ended]);
        if ('by' in next && seen === lines.length) throw new Error(`ended early by ${next.by}: ${errors}`);
      }
    },
  };
}
