import type { CDPSession } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChatBrowser, type ChatPage } from './chatPage.ts';
import { assistant, user } from './conversations.ts';

const LINES = 10_000;
const LINES_A_FRAME = 40;
const SCROLL_FRAMES = 100;
/** Markdown, highlighting and layout may cost so many times what the same lines cost as plain text. */
const MAX_COST = 20;

let browser: ChatBrowser;

beforeAll(async () => {
  browser = await ChatBrowser.launch();
});
afterAll(async () => {
  await browser.close();
});

const prose = [
  'The **loader** reads `config.json` and merges it with the defaults [1].',
  '',
  '- the first layer is `defaults`, see [2]',
  '- the second layer is the file',
  '',
  '```ts',
  'export const port = Number(process.env.PORT ?? 8080);',
  'throw new Error(`port ${port} is taken`);',
  '```',
  '',
] as const;

/** Answers of 10,000 lines: of every kind of block, and of a single one. */
const answers: Readonly<Record<string, (line: number) => string>> = {
  'prose, lists and code': (line) => prose[line % prose.length] ?? '',
  'one code block': (line) =>
    line === 0 ? '```ts' : `const value${line} = compute("${line}", ${line}); // why`,
  'one list': (line) => `- item ${line} with \`code\` and **weight**`,
};

describe.each(Object.entries(answers))('an answer of 10,000 lines: %s', (name, lineAt) => {
  it('costs as much per line at its end as at its start, and a few times as much as plain text', async () => {
    const chat = await browser.open({ height: 1400 });
    const session = await chat.page.context().newCDPSession(chat.page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await chat.sendState({ messages: [user('q'), assistant('', { state: 'streaming' })] });

    const frameCosts: number[] = [];
    for (let start = 0; start < LINES; start += 1000) {
      const cost = await busyMs(session, () =>
        chat.call('stream', { messageId: 'a', parts: partsOf(lineAt, start) }),
      );
      frameCosts.push(cost / (1000 / LINES_A_FRAME));
    }
    const scrollCost = await scroll(session, chat);
    const plainCost =
      (await busyMs(session, () => chat.call('streamPlain', partsOf(lineAt, 0)))) / (1000 / LINES_A_FRAME);
    const plainScrollCost = await scroll(session, chat, '.plain');
    process.stdout.write(
      `${name}: ms a frame of ${LINES_A_FRAME} lines, per 1,000 lines: ` +
        `${frameCosts.map((cost) => cost.toFixed(1)).join(' ')}, plain: ${plainCost.toFixed(1)}; ` +
        `scrolling: ${scrollCost.toFixed(1)}, plain: ${plainScrollCost.toFixed(1)}\n`,
    );

    expect(frameCosts.at(-1)).toBeLessThanOrEqual(3 * (frameCosts[0] ?? 0));
    expect(Math.max(...frameCosts)).toBeLessThan(MAX_COST * plainCost);
    expect(scrollCost).toBeLessThan(MAX_COST * plainScrollCost);
    expect(chat.problems).toEqual([]);
    await chat.close();
  });
});

/** 1,000 lines, divided into frames. */
function partsOf(lineAt: (line: number) => string, start: number): readonly string[] {
  return Array.from({ length: 1000 / LINES_A_FRAME }, (_, part) =>
    Array.from(
      { length: LINES_A_FRAME },
      (_, line) => `${lineAt(start + part * LINES_A_FRAME + line)}\n`,
    ).join(''),
  );
}

/** What a frame costs when a page is scrolled from its start to its end. */
async function scroll(session: CDPSession, chat: ChatPage, of?: string): Promise<number> {
  const cost = await busyMs(session, () => chat.call('scrollThrough', { frames: SCROLL_FRAMES, of }));
  return cost / SCROLL_FRAMES;
}

/** Processor time of the page's main thread: unlike time on the clock, it is the same on a busy machine. */
async function busyMs(session: CDPSession, work: () => Promise<unknown>): Promise<number> {
  const before = await busySeconds(session);
  await work();
  return 1000 * ((await busySeconds(session)) - before);
}

async function busySeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN;
}
