// @ts-check

const LONGEST = 120;

/**
 * Why a store's process ended, in a few words for a table.
 *
 * @param {unknown} error what `execFile` gave, with what the process wrote to stderr
 * @param {{ readonly heapMegabytes: number, readonly seconds: number }} limits
 * @returns {string}
 */
export function failureReason(error, { heapMegabytes, seconds }) {
  const { killed, signal, stderr, message } =
    /** @type {{ killed?: boolean, signal?: string | null, stderr?: string, message?: string }} */ (error);
  if (killed) return `took longer than ${seconds} s`;
  if (/heap out of memory|heap limit/.test(stderr ?? ''))
    return `needs more than ${heapMegabytes / 1024} GB of heap`;
  if (signal) return `ended by ${signal}`;
  const said = (stderr ?? '').trim().split('\n').at(-1) || (message ?? 'ended');
  return said.replaceAll('|', '/').slice(0, LONGEST);
}
