import {
  advanceArbiter,
  initialArbiter,
  type ArbiterEvent,
  type Decision,
  type Question,
} from '../../../src/core/completion/arbiter.ts';
import type { Proposal } from '../../../src/core/ports/completionSource.ts';
import { suggestEdit } from '../../../src/core/text/suggestedEdit.ts';

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
  const read = (line: string): ArbiterEvent | undefined => {
    const [, name = '', rest = ''] = /^ *(\w+)(.*)$/.exec(line) ?? [];
    const fields = fieldsOf(rest);
    const texts = [...rest.matchAll(/(?<!=|\[|,)"(?:[^"\\]|\\.)*"/g)].map(
      ([text]) => JSON.parse(text) as string,
    );
    const source = /^ *(\w+)/.exec(rest)?.[1] ?? '';
    switch (name) {
      case 'ask': {
        earlier = question;
        question = questionOf(texts[0] ?? '', fields);
        return { kind: 'asked', question, sources: fields['sources'] as readonly string[] };
      }
      case 'propose': {
        const about = fields['late'] ? earlier : question;
        if (!about) throw new Error('nothing was asked');
        const confidence = Number(/ ([\d.]+)/.exec(rest.replace(/"(?:[^"\\]|\\.)*"/g, ''))?.[1]);
        const proposal = proposalOf(
          about,
          source,
          texts[0] ?? '',
          confidence,
          Number(fields['replace'] ?? 0),
        );
        return { kind: 'proposed', question: about, proposal };
      }
      case 'finish':
        return question && { kind: 'finished', question, source };
      case 'left':
        return { kind: 'left' };
      default:
        return undefined;
    }
  };
  for (const line of transcript.split('\n')) {
    if (line.trim().startsWith('=>')) continue;
    out.push(line);
    const event = line.startsWith('#') || line.trim() === '' ? undefined : read(line);
    if (!event) continue;
    const step = advanceArbiter(state, event);
    state = step.state;
    if (step.decision.action !== 'wait') out.push(`  => ${describe(step.decision)}`);
  }
  return out.join('\n');
}

function fieldsOf(rest: string): Readonly<Record<string, unknown>> {
  const pairs = rest.matchAll(/(\w+)=(\[[^\]]*\]|"(?:[^"\\]|\\.)*"|\S+)/g);
  return Object.fromEntries(
    [...pairs].map(([, key = '', value = '']) => [key, JSON.parse(value) as unknown]),
  );
}

function questionOf(marked: string, fields: Readonly<Record<string, unknown>>): Question {
  return {
    path: typeof fields['file'] === 'string' ? fields['file'] : 'a.ts',
    version: Number(fields['version'] ?? 1),
    offset: marked.indexOf('|'),
    text: marked.replace('|', ''),
  };
}

function proposalOf(
  { path, text, offset }: Question,
  source: string,
  inserted: string,
  confidence: number,
  replaced: number,
): Proposal {
  const change = { startOffset: offset, endOffset: offset + replaced, text: inserted };
  return {
    edit: suggestEdit(path, text, [change]),
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
