import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectGolden } from '../../support/golden.ts';
import { ask } from './answerFixture.ts';

/** Each golden file holds the answer's Markdown and, below a line, its citations. */
const QUESTIONS: Readonly<Record<string, string>> = {
  'where-defined': 'Where is computeBackoff defined?',
  'who-uses': 'Who calls computeBackoff?',
  'what-does': 'What does HttpClient do?',
  'how-to': 'How do I retry work that fails?',
  'plain-words': 'entries newest first',
  'named-file': 'What is in src/http/client.ts?',
  'partly-matching': 'How does the kubernetes ingress controller reload certificates and retry?',
  'unknown-name': 'Where is openSocket defined?',
  'use-in-document': 'Who uses format_report?',
  'no-use': 'Who uses longestWait?',
  nothing: 'Which quaternions are interpolated?',
};

describe('answers', () => {
  it.each(Object.entries(QUESTIONS))('%s', async (name, question) => {
    const { answer } = await ask(question);
    const citations = answer.citations.map(
      ({ number, path, startLine, endLine }) => `[${number}] ${path}:${startLine}-${endLine}`,
    );
    expect(answer.grounding).toEqual({ checked: citations.length, supported: citations.length });
    expectGolden(
      join(import.meta.dirname, 'golden', `${name}.md`),
      `> ${question}\n\n${answer.text}\n---\n\n${citations.join('\n')}\n`,
    );
  });
});
