import { posix } from 'node:path';
import { marked } from 'marked';
import { expect } from 'vitest';
import { IgnoreRules } from '../../src/core/indexing/ignoreRules.ts';
import { CitationStream } from '../../src/core/chat/modelAnswerCitations.ts';
import { checkCitations } from '../../src/core/grounding/checkCitations.ts';
import { renderSourceBlock } from '../../src/core/prompts/sourceBlock.ts';
import { isSecretPath } from '../../src/core/secrets/isSecretPath.ts';
import { codeBlocks } from '../../src/core/text/codeBlocks.ts';
import { languageTag } from '../../src/core/text/languageTag.ts';
import { codeFence, escapeMarkdown, inlineCode } from '../../src/core/text/markdownText.ts';
import { hasUnseen, lineWithSigns, withoutUnseen } from '../../src/core/text/unseen.ts';
import { printableLine } from '../../src/cli/printable.ts';
import { referencedPaths } from '../../src/evals/authored/goldReference.ts';
import { parseCaseFile } from '../../src/evals/authored/parseCaseFile.ts';
import { markup } from '../../src/evals/report/markup.ts';
import { inertLabel, inertMarkdown, inertMessage } from '../../src/host/editor/inertText.ts';
import { toHost, toView } from '../../src/protocol/chat.ts';
import { placeArguments } from '../../src/protocol/evaluation.ts';
import { toFeedbackHost } from '../../src/protocol/feedback.ts';
import { Sentences } from '../../src/webview/chat/sentences.ts';
import { AnswerBlocks } from '../../src/webview/chat/answer/answerBlocks.ts';
import { hostileText, hostileValue } from './hostileInput.ts';
import type { Random } from './seededRandom.ts';

/** What one case of the fuzz does: it draws input, and throws when anything is not as it has to be. */
export type FuzzCase = (random: Random) => void | Promise<void>;

/** As the editor renders. */
const htmlOf = (markdown: string): string => marked.parse(markdown, { async: false, gfm: true });

/** A file's name, wherever names go. */
function fuzzName(random: Random): void {
  const name = hostileText(random);
  expect(printableLine(name)).not.toMatch(/[\r\n]|[^\P{Cc}]/u);
  expect(lineWithSigns(name)).not.toMatch(/[\r\n]/);
  expect(inertMessage(name)).not.toMatch(/\[[^\]]*\]\([^)]*/);
  expect(inertLabel(name)).not.toMatch(/(?<!\\)\$\([\w-]+(?:~\w+)?\)/);
  for (const tag of tagsOf(htmlOf(inertMarkdown(name)))) expect(tag).toBe('p');
  for (const tag of tagsOf(htmlOf(`> x ${escapeMarkdown(name)}`))) {
    expect(['blockquote', 'p']).toContain(tag);
  }
  const code = inlineCode(name);
  if (code !== '') expect(tagsOf(htmlOf(`x ${code} y`))).toEqual(['p', 'code']);
  expect(languageTag(name)).toMatch(/^[a-z0-9+#-]*$/);
  expect(typeof isSecretPath(name)).toBe('boolean');
  const block = {
    path: name,
    startLine: 1,
    endLine: 1,
    lines: [name.replace(/[\r\n]/g, ' ')],
    scopes: [name],
  };
  expect(renderSourceBlock(block, 1).split('\n')[0]).toMatch(/^\[1\] .*:1-1$/s);
  expect(hasUnseen(renderSourceBlock(block, 1))).toBe(false);
  const { html } = markup`<p title="${name}">${name}</p>`;
  expect(html.match(/</g)).toHaveLength(2);
  const place = placeArguments.safeParse([name, 1, 1]);
  if (place.success) {
    const opened = posix.resolve('/work/folder', place.data[0].replaceAll('\\', '/'));
    expect(opened === '/work/folder' || opened.startsWith('/work/folder/')).toBe(true);
  }
}

/** A file of ignore rules, and paths that are asked about. */
function fuzzRules(random: Random): void {
  const lines = Array.from({ length: random.below(8) }, () => hostileText(random, 8));
  const rules = new IgnoreRules().within('', {
    '.gitignore': lines.join('\n'),
    '.touchstoneignore': hostileText(random),
  });
  for (let asked = 0; asked < 4; asked++) {
    const path = hostileText(random, 6);
    expect(rules.ignores(path)).toBe(rules.ignores(path));
  }
}

/** A file of cases. */
function fuzzCaseFile(random: Random): void {
  const entry = () => {
    const keys = ['question', 'gold', 'path', 'query', hostileText(random, 2)];
    return keys.map((key) => `    ${key}: ${hostileText(random, 5)}`).join('\n');
  };
  const text = random.once(3)
    ? hostileText(random, 20)
    : `${random.pick(['chat', 'retrieval', 'completion', '__proto__'])}:\n  - x: 1\n${entry()}\n`;
  const { problems, chat, retrieval, completion } = parseCaseFile(text);
  expect(problems.length + chat.length + retrieval.length + completion.length).toBeGreaterThanOrEqual(0);
  for (const { message } of problems) expect(message).not.toContain('[native code]');
  for (const path of referencedPaths(text)) expect(typeof path).toBe('string');
}

/** An answer of a model, on its way into the view and the editor. */
async function fuzzAnswer(random: Random): Promise<void> {
  const answer = Array.from({ length: random.below(10) }, () => hostileText(random, 6)).join('\n');
  const stream = new CitationStream(3);
  let shown = '';
  for (let at = 0; at < answer.length;) {
    const size = 1 + random.below(9);
    shown += stream.push(answer.slice(at, at + size));
    at += size;
  }
  shown += stream.end();
  const whole = new CitationStream(3);
  expect(shown).toBe(whole.push(answer) + whole.end());
  for (const number of stream.cited) expect(number).toBeLessThanOrEqual(3);

  const blocks = new AnswerBlocks();
  blocks.append(shown);
  blocks.finish();
  const drawn = blocks.finished.map((block) => (block.kind === 'code' ? block.code : block.text)).join('');
  expect(drawn.length).toBeLessThanOrEqual(shown.length + 2);
  for (const code of codeBlocks(shown)) expect(code === '' || code.endsWith('\n')).toBe(true);
  expect(hasUnseen(withoutUnseen(shown))).toBe(false);
  const sentences = new Sentences();
  const spoken = [...sentences.push(shown), ...sentences.finish()].join('');
  expect(spoken.length).toBeLessThanOrEqual(shown.length + 12 * answer.split('\n').length);
  const citation = { number: 1, path: 'a.ts', startLine: 1, endLine: 2 };
  const grounding = await checkCitations(shown, [citation], () => Promise.resolve('a\nb\n'));
  expect(grounding.checked).toBe(1);
  const quoted = codeFence(answer.split('\n'), languageTag(hostileText(random, 3))).join('\n');
  expect(
    marked
      .lexer(quoted)
      .filter(({ type }) => type !== 'space')
      .map(({ type }) => type),
  ).toEqual(['code']);
}

/** Messages between a page and the extension host. */
function fuzzMessage(random: Random): void {
  const keys = ['type', 'messageId', 'code', 'question', 'number', 'part', 'length', '__proto__'];
  const types = [
    'ready',
    'ask',
    'stop',
    'clear',
    'openCitation',
    'copied',
    'insert',
    'copy',
    'export',
    'snapshot',
    'events',
  ];
  const message: unknown = random.once(4)
    ? hostileValue(random)
    : Object.fromEntries(
        keys.flatMap((key) =>
          random.once(3) ? [] : [[key, key === 'type' ? random.pick(types) : hostileValue(random, 2)]],
        ),
      );
  const read = toHost.safeParse(message);
  if (read.success) {
    for (const value of Object.values(read.data)) {
      expect(['string', 'number', 'undefined']).toContain(typeof value);
      if (typeof value === 'string') expect(value.length).toBeLessThanOrEqual(200_000);
      if (typeof value === 'number') expect(Number.isSafeInteger(value) && value >= 0).toBe(true);
    }
  }
  toView.safeParse(message);
  const feedback = toFeedbackHost.safeParse(message);
  if (feedback.success) expect(Object.keys(feedback.data)).toEqual(['type']);
}

function tagsOf(html: string): readonly string[] {
  return [...html.matchAll(/<([a-z]+\d?)/g)].map(([, tag = '']) => tag);
}

export const fuzzCases: readonly (readonly [name: string, run: FuzzCase])[] = [
  ['file names', fuzzName],
  ['rule files', fuzzRules],
  ['files of cases', fuzzCaseFile],
  ['answers of models', fuzzAnswer],
  ['messages of views', fuzzMessage],
];
