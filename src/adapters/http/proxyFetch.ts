import { reachOf } from '../../core/models/hostReach.ts';

const VARIABLES = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'];

/**
 * A `fetch` that goes through the proxies that the environment names, as curl and git do: `HTTP_PROXY`, `HTTPS_PROXY` and
 * `NO_PROXY`, in either case. Undefined where none is named, and for this machine, which no proxy ever hears of. Node's own
 * `fetch` follows them only where a program was started for it, which the host of an editor is not, so that of the same
 * library's package is used. `host` may have a port.
 */
export async function proxyFetch(
  host: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<typeof globalThis.fetch | undefined> {
  const settings = VARIABLES.map((name) => env[name] ?? '')
    .join(' ')
    .trim();
  const hostname = URL.parse(`https://${host}`)?.hostname ?? '';
  if (settings === '' || reachOf(hostname) === 'machine') return undefined;
  const all = [settings, env['no_proxy'] ?? env['NO_PROXY'] ?? ''].join(' ');
  const made = agents.get(all) ?? createFetch(env);
  agents.set(all, made);
  return made;
}

/** By the settings they were made for: an agent keeps connections open. */
const agents = new Map<string, Promise<typeof globalThis.fetch>>();

/** esbuild.mjs makes this a bundle of its own: few people have a proxy. */
async function createFetch(
  env: Readonly<Record<string, string | undefined>>,
): Promise<typeof globalThis.fetch> {
  const { envProxyFetch } = await import('./envProxyFetch.ts');
  return envProxyFetch(env);
}
