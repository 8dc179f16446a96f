import { answerQuestion } from '../../../src/core/chat/extractiveAnswer.ts';
import type { Answer } from '../../../src/core/chat/answer.ts';
import { createSearch, NO_DENSE_SEARCH, type Search } from '../../../src/core/retrieval/search.ts';
import { LexicalIndex } from '../../../src/core/retrieval/lexicalIndex.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { segmentOf } from '../../support/segmentOf.ts';
import { silentLogger } from '../../support/silentLogger.ts';

/** A small workspace in several languages. */
export const WORKSPACE: Readonly<Record<string, string>> = {
  'src/http/retry.ts': `import { sleep } from './sleep.ts';

const BASE_MS = 200;

/**
 * Milliseconds to wait before the given attempt, doubling each time. The first attempt is number 1.
 *
 * @param attempt counts from 1
 */
export function computeBackoff(attempt: number): number {
  return BASE_MS * 2 ** (attempt - 1);
}

/** Runs \`work\` again until it succeeds or \`attempts\` are used up; see [the RFC](http://example.org). */
export async function retry<T>(work: () => Promise<T>, attempts: number): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts) throw error;
      await sleep(computeBackoff(attempt));
    }
  }
}
`,
  'src/http/client.ts': `import { computeBackoff, retry } from './retry.ts';

/** Fetches JSON and gives up after three attempts. */
export class HttpClient {
  async getJson(url: string): Promise<unknown> {
    const response = await retry(() => fetch(url), 3);
    return response.json();
  }

  /** How long the slowest request may take, for time-outs. */
  longestWait(): number {
    return computeBackoff(1) + computeBackoff(2) + computeBackoff(3);
  }
}
`,
  'tools/report.py': `"""Prints what happened."""


def format_report(entries):
    """Formats entries as one line each, newest first."""
    return "\\n".join(str(entry) for entry in reversed(entries))
`,
  'docs/guide.md': `# Guide

## Running the report

Use \`format_report\`:

\`\`\`sh
python tools/report.py
\`\`\`
`,
};

export function searchOf(files: Readonly<Record<string, string>>): Search {
  const lexical = new LexicalIndex();
  const segment = segmentOf(files, 30);
  for (const file of segment.files) lexical.addFile(segment, file);
  return createSearch({
    lexical,
    dense: NO_DENSE_SEARCH,
    clock: new FakeClock(),
    log: silentLogger,
  });
}

export interface Told {
  readonly parts: readonly string[];
  readonly answer: Answer;
}

/** Asks about `indexed` while the files are now as in `live`. */
export async function ask(
  question: string,
  { indexed = WORKSPACE, live = indexed, signal }: AskOptions = {},
): Promise<Told> {
  const deps = {
    search: searchOf(indexed).search,
    readLive: (path: string) => Promise.resolve(live[path]),
  };
  const parts: string[] = [];
  const generator = answerQuestion(question, deps, signal);
  for (;;) {
    const step = await generator.next();
    if (step.done)
      return { parts, answer: { ...step.value, provenance: { ...step.value.provenance, latencyMs: 0 } } };
    if (step.value.type === 'text') parts.push(step.value.text);
  }
}

export interface AskOptions {
  readonly indexed?: Readonly<Record<string, string>>;
  readonly live?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}
