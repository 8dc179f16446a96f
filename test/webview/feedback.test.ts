import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ToFeedbackHost } from '../../src/protocol/feedback.ts';
import { toFeedbackView, type FeedbackState } from '../../src/protocol/feedbackState.ts';
import { violations } from './axe.ts';
import { feedbackStates } from './feedbackStates.ts';
import { themes } from './themes.ts';
import { ViewBrowser, type OpenOptions, type ViewPage } from './viewPage.ts';

const pictures = fileURLToPath(new URL('../e2e/output/', import.meta.url));
let browser: ViewBrowser;

beforeAll(async () => {
  browser = await ViewBrowser.launch('feedback');
  await mkdir(pictures, { recursive: true });
});
afterAll(async () => {
  await browser.close();
});

async function show(state: FeedbackState, options?: OpenOptions): Promise<ViewPage> {
  const view = await browser.open(options);
  await view.send(toFeedbackView.parse({ type: 'state', state }));
  return view;
}

describe.each(Object.entries(themes))('%s theme', (themeName, theme) => {
  describe.each([300, 900])('%i px wide', (width) => {
    it.each(Object.entries(feedbackStates))(
      '%s: no violations, nothing cut off',
      async (stateName, state) => {
        const view = await show(state, { theme, width });
        const path = `${pictures}feedback-${themeName}-${width}-${stateName}.png`;
        await view.page.screenshot({ path, fullPage: true });
        expect(await violations(view.page)).toEqual([]);
        expect(await view.page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        expect(view.problems).toEqual([]);
        await view.close();
      },
    );
  });
});

describe('the page', () => {
  it('asks for its state as soon as it runs, and shows nothing before it has it', async () => {
    const view = await browser.open();
    expect(await view.page.evaluate('fakeEditor.posted')).toEqual([{ type: 'ready' }]);
    expect(await view.page.locator('#app').innerText()).toBe('');
    await view.close();
  });

  it('says how many were accepted, of how many, and how sure that is', async () => {
    const view = await show(feedbackStates.rich);
    const headline = view.page.getByRole('region', { name: 'Acceptance' });
    expect(await headline.locator('strong').innerText()).toBe('35 %');
    expect(await headline.innerText()).toContain('105 of 304 suggestions whose end is known');
    expect(await headline.innerText()).toContain('95 % interval: 29–40 %');
    expect(await headline.innerText()).toContain('3 with no known end');
    await view.close();
  });

  it('draws every day and says the numbers to those who do not see them', async () => {
    const view = await show(feedbackStates.rich, { width: 900 });
    expect(await view.page.locator('.days g').count()).toBe(21);
    const rows = view.page.getByRole('table', { name: 'Suggestions by day' }).getByRole('row');
    expect(await rows.nth(1).innerText()).toMatch(/^2026-10-31\s+4\s+1\s+9$/);
    const chart = (await view.page.locator('.days').boundingBox()) ?? { y: 0, height: 0 };
    const tops = await view.page
      .locator('.days rect')
      .evaluateAll((bars) =>
        bars.map((bar) => (bar as { getBoundingClientRect(): { top: number } }).getBoundingClientRect().top),
      );
    expect(Math.min(...tops)).toBeGreaterThanOrEqual(chart.y - 1);
    await view.close();
  });

  it('begins its axis a fortnight ago when there are fewer days', async () => {
    const view = await show(feedbackStates.first);
    expect(await view.page.locator('.axis-labels span').allInnerTexts()).toEqual([
      'Nov 7',
      'most on a day: 1',
      'Nov 20',
    ]);
    await view.close();
  });

  it('shows the largest groups first, and what still stands', async () => {
    const view = await show(feedbackStates.rich, { width: 900 });
    const names = view.page.getByRole('region', { name: 'By language' }).locator('tbody th');
    expect(await names.allInnerTexts()).toEqual(['typescript', 'go', 'javascriptreact-with-a-long-name']);
    const bars = await view.page.locator('.bars li').allInnerTexts();
    expect(bars[0]).toContain('After 30 s');
    expect(bars[0]).toContain('74 % kept of 96 insertions');
    expect(bars[1]).toContain('60 kept, 15 edited, 9 replaced, 10 removed; 2 not counted');
    await view.close();
  });

  it('has buttons to refresh, export, delete and to change the setting', async () => {
    const view = await show(feedbackStates.rich);
    for (const name of ['Refresh', 'Export …', 'Delete …', 'Change the setting']) {
      await view.page.getByRole('button', { name }).click();
    }
    const posted = await view.posted<ToFeedbackHost>();
    expect(posted.map(({ type }) => type)).toEqual(['refresh', 'export', 'delete', 'openSettings']);
    await view.close();
  });

  it('has nothing to export or delete when nothing is recorded, and says whether it records', async () => {
    const view = await show(feedbackStates.off);
    expect(await view.page.getByRole('button').allInnerTexts()).toEqual(['Refresh', 'Change the setting']);
    expect(await view.page.getByText('Recording is switched off').isVisible()).toBe(true);
    await view.send({ type: 'state', state: feedbackStates.empty });
    expect(await view.page.getByText('accept a suggestion with Tab').isVisible()).toBe(true);
    await view.close();
  });

  it('ignores what is no state, and text that looks like markup stays text', async () => {
    const { rich } = feedbackStates;
    const { go } = rich.summary.byLanguage;
    const view = await show({ ...rich, summary: { ...rich.summary, byLanguage: { '<img src=x>': go } } });
    await view.send({ type: 'state', state: { ...rich, ledger: 7 } });
    expect(await view.page.getByText('<img src=x>').count()).toBe(1);
    expect(view.problems).toEqual([expect.stringContaining('Ignored an invalid message')]);
    await view.close();
  });
});
