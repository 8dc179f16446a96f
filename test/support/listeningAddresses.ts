import { readFile, readdir, readlink } from 'node:fs/promises';

export interface ListeningAddress {
  /** Dotted for IPv4; as the kernel's hexadecimal digits for IPv6. */
  readonly address: string;
  readonly port: number;
}

const LISTEN = '0A';

/** The TCP addresses that some processes listen on, as Linux's /proc shows them. */
export async function listeningAddresses(pids: readonly number[]): Promise<readonly ListeningAddress[]> {
  const inodes = new Set((await Promise.all(pids.map(socketInodes))).flat());
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map(readTable));
  return tables
    .flat()
    .filter(({ state, inode }) => state === LISTEN && inodes.has(inode))
    .map(({ local }) => readAddress(local));
}

async function socketInodes(pid: number): Promise<readonly string[]> {
  const folder = `/proc/${pid}/fd`;
  const links = await Promise.allSettled(
    (await readdir(folder).catch(() => [])).map((name) => readlink(`${folder}/${name}`)),
  );
  return links.flatMap((link) =>
    link.status === 'fulfilled' ? (/^socket:\[(\d+)\]$/.exec(link.value)?.[1] ?? []) : [],
  );
}

interface Row {
  readonly local: string;
  readonly state: string;
  readonly inode: string;
}

async function readTable(path: string): Promise<readonly Row[]> {
  const [, ...lines] = (await readFile(path, 'utf8').catch(() => '')).trim().split('\n');
  return lines.map((line) => {
    const fields = line.trim().split(/\s+/);
    return { local: fields[1] ?? '', state: fields[3] ?? '', inode: fields[9] ?? '' };
  });
}

/** The kernel prints the four bytes of an IPv4 address as one number, in the machine's byte order. */
function readAddress(local: string): ListeningAddress {
  const [host = '', port = ''] = local.split(':');
  const bytes = host.match(/../g)?.map((byte) => Number.parseInt(byte, 16)) ?? [];
  const address = bytes.length === 4 ? bytes.reverse().join('.') : host;
  return { address, port: Number.parseInt(port, 16) };
}
