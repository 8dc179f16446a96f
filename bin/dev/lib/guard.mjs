// @ts-check
// Runs a command in a process group of its own, reports its exit code and ends the whole group, both when the command
// is done and when this process's owner is gone, however it went. Started by guardedProcess.mjs.
import { spawn } from 'node:child_process';

const GRACE_MS = 3000;
const CANNOT_START = 127;

const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: 'inherit' });

child.on('error', (error) => {
  console.error(String(error));
  report(CANNOT_START);
});
child.on('exit', (code) => report(code ?? 1));
process.on('disconnect', interrupt);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, interrupt);

function interrupt() {
  setTimeout(endGroup, GRACE_MS);
  child.kill('SIGTERM');
}

/** @param {number} code */
function report(code) {
  if (process.connected) process.send?.(code, endGroup);
  else endGroup();
}

/** Whatever the command left behind goes, and this process, the group's leader, with it. */
function endGroup() {
  if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL');
  const kill = spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
  kill.on('close', () => process.exit(1));
}
