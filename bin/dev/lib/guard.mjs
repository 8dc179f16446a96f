// @ts-check
// Runs a command in a process group of its own and ends the whole group when this process's standard input closes,
// which it does however the owner ends, kill -9 included. Usage: node guard.mjs <command> [arguments]
import { spawn } from 'node:child_process';

const GRACE_MS = 3000;

const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

child.on('error', (error) => {
  console.error(String(error));
  endGroup();
});
child.on('exit', endGroup);
process.stdin.on('end', interrupt).on('error', interrupt).resume();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, interrupt);

function interrupt() {
  setTimeout(endGroup, GRACE_MS);
  child.kill('SIGTERM');
}

/** Whatever the command left behind goes, and this process, the group's leader, with it. */
function endGroup() {
  if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL');
  const kill = spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
  kill.on('close', () => process.exit(1));
}
