import { SerialQueue } from '../../core/async/serialQueue.ts';
import { RecordingsDamagedError } from '../../core/errors/evaluationErrors.ts';
import type { RecordedRequest, Recording, Recordings, TimedPart } from '../../evals/replay/recording.ts';
import { atomicWrite } from '../durable/atomicWrite.ts';
import { assertOwnFile } from '../durable/ownPlace.ts';
import { appendLines } from './appendLines.ts';
import { readIfThere } from './readIfThere.ts';
import {
  answerLineOf,
  partsOf,
  readHeadLine,
  readPrompt,
  requestLines,
  requestOf,
} from './recordingLines.ts';

/**
 * Recordings in one file of JSON lines. While it is open, answers are appended as they come, so that none is lost; closing
 * sorts it by case, so that the same answers make the same file, whichever came first.
 */
export class FileRecordings implements Recordings {
  readonly #file: string;
  readonly #recorded: Map<string, RecordedAnswers>;
  #hasChanged = false;
  readonly #writes = new SerialQueue();

  constructor(file: string, recorded: Map<string, RecordedAnswers>) {
    this.#file = file;
    this.#recorded = recorded;
  }

  /** A file that is not there is empty. Throws `RecordingsDamagedError` for one that is none of ours. */
  static async open(file: string): Promise<FileRecordings> {
    const { recorded, isTorn } = readRecordings(await readIfThere(file), file);
    const recordings = new FileRecordings(file, recorded);
    // What is appended must begin on a line of its own.
    if (isTorn) await recordings.#rewrite();
    return recordings;
  }

  find(key: string, slot: number): readonly TimedPart[] | undefined {
    return this.#recorded.get(key)?.answers.get(slot);
  }

  *requests(): Generator<RecordedRequest> {
    for (const { request, answers } of this.#recorded.values()) if (answers.size > 0) yield request;
  }

  add({ slot, parts, ...request }: Recording): Promise<void> {
    const { key } = request;
    if (this.find(key, slot)) return Promise.resolve();
    const known = this.#recorded.get(key);
    const asked = known?.request ?? request;
    const entry = known ?? { request: asked, answers: new Map<number, readonly TimedPart[]>() };
    entry.answers.set(slot, parts);
    this.#recorded.set(key, entry);
    this.#hasChanged = true;
    const lines = [...(known ? [] : requestLines(asked)), answerLineOf({ key, slot, parts })];
    return this.#writes.run(() => appendLines(this.#file, `${lines.join('\n')}\n`));
  }

  /** Every answer is in the file once resolved, in the order of the cases. */
  async close(): Promise<void> {
    await this.#writes.run(async () => {
      if (this.#hasChanged) await this.#rewrite();
    });
  }

  async #rewrite(): Promise<void> {
    const lines = [...this.#recorded.values()]
      .sort(byCase)
      .flatMap(({ request, answers }) => [
        ...requestLines(request),
        ...[...answers]
          .sort(([a], [b]) => a - b)
          .map(([slot, parts]) => answerLineOf({ key: request.key, slot, parts })),
      ]);
    assertOwnFile(this.#file, { mayBeForeign: true });
    await atomicWrite(this.#file, new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')));
    this.#hasChanged = false;
  }
}

function byCase({ request: a }: RecordedAnswers, { request: b }: RecordedAnswers): number {
  if (a.caseId !== b.caseId) return a.caseId < b.caseId ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}

/** A request and its answers by slot. */
interface RecordedAnswers {
  readonly request: RecordedRequest;
  readonly answers: Map<number, readonly TimedPart[]>;
}

interface ReadRecordings {
  /** By key. */
  readonly recorded: Map<string, RecordedAnswers>;
  /** The file ends in the middle of something, as when its writer was killed: that part is left out. */
  readonly isTorn: boolean;
}

/** Reads a file of recordings. Throws `RecordingsDamagedError` for anything wrong but a torn end. */
function readRecordings(text: string, file: string): ReadRecordings {
  const lines = text.split('\n');
  // What stands after the last line break was never finished; whole files end with one.
  const isTornLine = lines.pop() !== '';
  const recorded = new Map<string, RecordedAnswers>();
  for (let at = 0; at < lines.length;) {
    const head = readHeadLine(lines[at] ?? '');
    if (!head) throw new RecordingsDamagedError(file, at + 1);
    if ('request' in head) {
      const prompt = lines.slice(at + 1, at + 1 + head.lines);
      if (prompt.length < head.lines) return { recorded, isTorn: true };
      const messages = readPrompt(prompt);
      if (!messages) throw new RecordingsDamagedError(file, at + 2);
      const request = requestOf(head, messages);
      recorded.set(request.key, { request, answers: recorded.get(request.key)?.answers ?? emptyAnswers() });
      at += 1 + head.lines;
    } else {
      const answers = recorded.get(head.answer)?.answers;
      if (!answers) throw new RecordingsDamagedError(file, at + 1);
      if (!answers.has(head.slot)) answers.set(head.slot, partsOf(head));
      at++;
    }
  }
  return { recorded, isTorn: isTornLine };
}

function emptyAnswers(): RecordedAnswers['answers'] {
  return new Map();
}
