// @ts-check
import { once } from 'node:events';
import { createServer } from 'node:net';
import { SetupError } from './setupError.mjs';

const ATTEMPTS = 100;

/**
 * @param {number} first
 * @returns {Promise<number>} the first port from there on that nothing listens on
 */
export async function freePort(first) {
  for (let port = first; port < first + ATTEMPTS && port < 65_536; port++) {
    if (await isFree(port)) return port;
  }
  throw new SetupError(`No free port from ${first} on. Name another with --port.`);
}

/** @param {number} port */
async function isFree(port) {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false;
  }
}
