import type { RecordedRequest, TimedPart } from '../../evals/replay/recording.ts';
import { RecordingsDamagedError } from '../../core/errors/evaluationErrors.ts';
import { partsOf, readHeadLine, readPrompt, requestOf } from './recordingLines.ts';

/** A request and its answers by slot. */
export interface RecordedAnswers {
  readonly request: RecordedRequest;
  readonly answers: Map<number, readonly TimedPart[]>;
}

export interface ReadRecordings {
  /** By key. */
  readonly recorded: Map<string, RecordedAnswers>;
  /** The file ends in the middle of something, as when its writer was killed: that part is left out. */
  readonly isTorn: boolean;
}

/** Reads a file of recordings. Throws `RecordingsDamagedError` for anything wrong but a torn end. */
export function readRecordings(text: string, file: string): ReadRecordings {
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
