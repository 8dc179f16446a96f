import {
  advanceArbiter,
  initialArbiter,
  type ArbiterEvent,
  type Decision,
  type Question,
} from '../../../src/core/completion/arbiter.ts';
import type { Proposal } from '../../../src/core/ports/completionSource.ts';
import { suggestEdit } from '../../../src/core/text/textEdit.ts';

/**
 * Replays a transcript and returns it with the decision after each event. A line is a comment (`#`), a decision (`=>`,
 * dropped and written anew), or an event:
 *
 * - `ask "foo(|)" sources=["workspace","model"]`, optionally `file="b.ts"` and `version=2`; `|` is the cursor
 * - `propose workspace "bar" 0.6`, with `replace=n` when it replaces n characters right of the cursor; `late=1` when it
 *   answers the question before this one
 * - `finish model`
 * - `left`
 */
export function replayArbiter(transcript: string): string {
  let state = initialArbiter;
  let question: Question | undefined;
  let earlier: Question | undefined;
  const out: string[] = [];
  const events: Readonly<Record<string, (line: Line) => ArbiterEvent>> = {
    ask: ({ texts, fields }) => {
      earlier = question;
      question = questionOf(texts[0] ?? '', fields);
      return { kind: 'asked', question, sources: fields['sources'] as readonly string[] };
    },
    propose: (line) => {
      const about = asked(line.fields['late'] ? earlier : question);
      return { kind: 'proposed', question: about, proposal: proposalOf(about, line) };
    },
    finish: ({ source }) => ({ kind: 'finished', question: asked(question), source }),
    left: () => ({ kind: 'left' }),
  };
  for (const line of transcript.split('\n')) {
    if (line.trim().startsWith('=>')) continue;
    out.push(line);
    if (line.startsWith('#') || line.trim() === '') continue;
    const [, name = '', rest = ''] = /^ *(\w+)(.*)$/.exec(line) ?? [];
    const read = events[name];
    if (!read) throw new Error(`unknown event in a transcript: ${line}`);
    const step = advanceArbiter(state, read(parseLine(rest)));
    state = step.state;
    if (step.decision.action !== 'wait') out.push(`  => ${describe(step.decision)}`);
  }
  return out.join('\n');
}

interface Line {
  readonly source: string;
  readonly texts: readonly string[];
  readonly confidence: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

const TEXT = /(?<!=|\[|,)"(?:[^"\\]|\\.)*"/g;

function parseLine(rest: string): Line {
  const pairs = rest.matchAll(/(\w+)=(\[[^\]]*\]|"(?:[^"\\]|\\.)*"|\S+)/g);
  return {
    source: /^ *(\w+)/.exec(rest)?.[1] ?? '',
    texts: [...rest.matchAll(TEXT)].map(([text]) => JSON.parse(text) as string),
    confidence: Number(/ ([\d.]+)/.exec(rest.replace(TEXT, ''))?.[1]),
    fields: Object.fromEntries(
      [...pairs].map(([, key = '', value = '']) => [key, JSON.parse(value) as unknown]),
    ),
  };
}

function asked(question: Question | undefined): Question {
  if (!question) throw new Error('nothing was asked');
  return question;
}

function questionOf(marked: string, fields: Readonly<Record<string, unknown>>): Question {
  return {
    path: typeof fields['file'] === 'string' ? fields['file'] : 'a.ts',
    version: Number(fields['version'] ?? 1),
    offset: marked.indexOf('|'),
    text: marked.replace('|', ''),
  };
}

function proposalOf({ path, text, offset }: Question, { source, texts, confidence, fields }: Line): Proposal {
  const endOffset = offset + Number(fields['replace'] ?? 0);
  return {
    edit: suggestEdit(path, text, [{ startOffset: offset, endOffset, text: texts[0] ?? '' }]),
    confidence,
    provenance: { source, settings: '', latencyMs: 0 },
  };
}

function describe(decision: Decision): string {
  if (decision.action === 'wait') return 'wait';
  if (decision.action === 'drop') return `drop: ${decision.because}`;
  const { edit, provenance } = decision.proposal;
  const what = `${JSON.stringify(edit.changes[0].text)} of ${provenance.source}`;
  return decision.action === 'show' ? `show ${what}` : `replace by ${what}: ${decision.because}`;
}
