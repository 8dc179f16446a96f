import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startGuarded } from '../../../bin/dev/lib/guardedProcess.mjs';
import { ROOT } from '../../../bin/dev/lib/places.mjs';
import { isRunning } from '../../support/processTree.ts';

/** Starts a child that would run for hours, prints its number and goes on as told. */
const parent = (then: string): string[] => [
  '-e',
  `const { pid } = require('child_process').spawn('sleep', ['9999']); console.log(pid); ${then}`,
];

describe.runIf(process.platform === 'linux')('a guarded process', () => {
  it('reports its exit code, and that it could not start', async () => {
    expect(await startGuarded(process.execPath, ['-e', 'process.exit(3)']).exited).toBe(3);
    expect(await startGuarded(process.execPath, ['-e', '']).exited).toBe(0);
    expect(await startGuarded('/nowhere/to/be/found', []).exited).toBe(127);
  });

  it('takes what it left behind with it when it ends', async () => {
    const guarded = startGuarded(process.execPath, parent('process.exit(0)'));
    const child = await printedNumber(guarded.stdout!);
    expect(await guarded.exited).toBe(0);
    await expect.poll(() => isRunning(child)).toBe(false);
  });

  it('ends with all it started when told to', async () => {
    const guarded = startGuarded(process.execPath, parent(''));
    const child = await printedNumber(guarded.stdout!);
    expect(await isRunning(child)).toBe(true);
    await guarded.stop();
    await expect.poll(() => isRunning(child)).toBe(false);
  });

  it('does not outlive an owner that is killed', async () => {
    const module = join(ROOT, 'bin/dev/lib/guardedProcess.mjs');
    const script = `import { startGuarded } from '${module}';
      startGuarded(process.execPath, ${JSON.stringify(parent(''))}, { output: 'inherit' });`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const child = await printedNumber(owner.stdout);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    await expect.poll(() => isRunning(child)).toBe(false);
  });
});

async function printedNumber(stream: NodeJS.ReadableStream): Promise<number> {
  const [data] = (await once(stream, 'data')) as [Buffer];
  return Number(data.toString());
}
