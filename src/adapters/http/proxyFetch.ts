type Environment = Readonly<Record<string, string | undefined>>;

const VARIABLES = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY'];

/**
 * A `fetch` that goes through the proxies that the environment names, as curl and git do: `HTTP_PROXY`, `HTTPS_PROXY` and
 * `NO_PROXY`, in either case. Undefined where none is named. Node's own `fetch` follows them only where a program was started
 * for it, which the host of an editor is not, so that of the same library's package is used.
 */
export function proxyFetch(env: Environment): typeof globalThis.fetch | undefined {
  const settings = VARIABLES.map((name) => env[name] ?? '');
  if (settings.slice(0, 4).every((proxy) => proxy === '')) return undefined;
  const key = settings.join(' ');
  return async (input, init) => {
    const made = fetches.get(key) ?? load(env);
    fetches.set(key, made);
    const send = await made;
    return send(input, init);
  };
}

/** By the settings they were made for: each keeps connections open. */
const fetches = new Map<string, Promise<typeof globalThis.fetch>>();

/** esbuild.mjs makes this a bundle of its own: few people have a proxy. */
async function load(env: Environment): Promise<typeof globalThis.fetch> {
  const { envProxyFetch } = await import('./envProxyFetch.ts');
  return envProxyFetch(env);
}
