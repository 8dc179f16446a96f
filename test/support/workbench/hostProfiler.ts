import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { PATIENCE_MS } from '../patience.ts';
import type { CpuProfile } from './ownTasks.ts';

const SAMPLE_MICROSECONDS = 500;

interface Answer {
  readonly id?: number;
  readonly result?: { readonly profile?: CpuProfile };
}

/** Profiles the main thread of an extension host through its inspector (https://nodejs.org/api/debugger.html). */
export class HostProfiler {
  readonly #socket: WebSocket;
  #last = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** Attaches to the extension host that this process has started, and starts. */
  static async start(): Promise<HostProfiler> {
    // A signal opens the inspector at its usual port.
    process.kill(extensionHost(), 'SIGUSR1');
    const socket = new WebSocket(await inspectorUrl());
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', reject);
    });
    const profiler = new HostProfiler(socket);
    await profiler.#call('Profiler.enable');
    await profiler.#call('Profiler.setSamplingInterval', { interval: SAMPLE_MICROSECONDS });
    await profiler.#call('Profiler.start');
    return profiler;
  }

  async stop(): Promise<CpuProfile> {
    const { result } = await this.#call('Profiler.stop');
    this.#socket.close();
    if (result?.profile === undefined) throw new Error('The extension host gave no profile');
    return result.profile;
  }

  #call(method: string, params: object = {}): Promise<Answer> {
    const id = ++this.#last;
    return new Promise((resolve) => {
      const listen = ({ data }: MessageEvent) => {
        const answer = JSON.parse(String(data)) as Answer;
        if (answer.id !== id) return;
        this.#socket.removeEventListener('message', listen);
        resolve(answer);
      };
      this.#socket.addEventListener('message', listen);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }
}

function extensionHost(): number {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const processes = lines.flatMap((line) => {
    const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return args === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), args }];
  });
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const isOurs = (pid: number | undefined): boolean =>
    pid === process.pid || (pid !== undefined && isOurs(parents.get(pid)));
  const host = processes.find(({ pid, args }) => args.includes('--type=extensionHost') && isOurs(pid));
  if (host === undefined) throw new Error('No extension host is running');
  return host.pid;
}

async function inspectorUrl(): Promise<string> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      const answer = await fetch('http://127.0.0.1:9229/json/list');
      const [target] = (await answer.json()) as readonly { readonly webSocketDebuggerUrl: string }[];
      if (target) return target.webSocketDebuggerUrl;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await delay(50);
  }
}
