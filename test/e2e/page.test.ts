import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PlanId } from '@jamie/core';
import { type PageApiDouble, startPageApiDouble } from '@jamie/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { collectComplaints, launchBrowser, makeScreenshotDirectory } from './support/browser.ts';
import { pageScenario, say } from './support/page-scenario.ts';

const PAGE_DIRECTORY = fileURLToPath(new URL('../../apps/web/dist', import.meta.url));
const TEST_TIMEOUT_MS = 60_000;
const EFFECT_WITHIN_MS = 15_000;
const QUESTION = 'why is checkout crashing?';
const COMMAND = 'scale deploy/checkout 5 -n shop';
const WALK = {
  question: QUESTION,
  answer: /PAYMENTS_URL is missing/,
  command: COMMAND,
  planHeadline: /Scale Deployment checkout 3 → 5/,
  undoHeadline: /Scale Deployment checkout 5 → 3/,
  effectWithinMs: EFFECT_WITHIN_MS,
};

describe('the Command Center in a real browser, on the API double', () => {
  let browser: Browser;
  let screenshots: string;
  let api: PageApiDouble;
  let context: BrowserContext;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    browser = await launchBrowser();
    screenshots = await makeScreenshotDirectory();
  }, TEST_TIMEOUT_MS);
  afterAll(() => browser.close());
  beforeEach(async () => {
    api = await startPageApiDouble(PAGE_DIRECTORY);
    await openPage({ viewport: { width: 1180, height: 960 } });
  });
  afterEach(async () => {
    await context.close();
    await api.stop();
  });

  async function openPage(options: Parameters<Browser['newContext']>[0]): Promise<void> {
    await context?.close();
    context = await browser.newContext(options);
    page = await context.newPage();
    complaints = collectComplaints(page);
  }
  const live = () => page.getByText('Live', { exact: true }).waitFor();
  const card = () => page.locator('.plan').first();

  it(
    'leads from a question to evidence, a plan, its approval, a live outcome and back',
    async () => {
      const seen = await pageScenario(page, { ...WALK, link: api.link, screenshots });
      expect(seen.evidenceText).toContain('<img src=x');
      expect(seen.diffLines.join('')).toMatch(/-\s+replicas: 3[\s\S]*\+\s+replicas: 5/);
      expect(seen.phases[0]).toBe('Waiting for approval');
      expect(seen.phases.at(-1)).toBe('Done');
      expect(seen.phases.length).toBeGreaterThan(2);
      expect(seen.cardCount).toBe(2);
      expect(await page.title()).not.toBe('owned');
      expect(complaints).toEqual([]);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'reads well in the dark, and on a telephone 360 pixels wide without scrolling sideways',
    async () => {
      for (const [name, width] of [
        ['dark', 1180],
        ['narrow', 360],
      ] as const) {
        await openPage({ viewport: { width, height: 960 }, colorScheme: name === 'dark' ? 'dark' : 'light' });
        const directory = join(screenshots, name);
        await pageScenario(page, { ...WALK, link: api.link, screenshots: directory });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        await page.locator('.checks > summary').click();
        await page.screenshot({ path: join(directory, '6-connections.png') });
        expect(complaints).toEqual([]);
      }
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'denies with a reason by keyboard alone, and keeps the focus on the card',
    async () => {
      await page.goto(api.link);
      await live();
      await say(page, COMMAND);
      const deny = card().getByRole('button', { name: /^Deny plan/ });
      await deny.focus();
      await page.keyboard.press('Enter');
      const reason = card().getByLabel(/^Why\?/);
      await reason.waitFor();
      await page.keyboard.press('Escape');
      await deny.waitFor();
      await expectFocusIn(page, '.plan-actions');

      await deny.focus();
      await page.keyboard.press('Enter');
      await page.keyboard.type('not during the sale');
      await page.screenshot({ path: join(screenshots, '6-deny.png') });
      await page.keyboard.press('Enter');
      await card().getByText('Denied by You: not during the sale. Nothing was changed.').waitFor();
      expect(await card().getByRole('button').count()).toBe(0);
      await expectFocusIn(page, '.plan');
      expect(complaints).toEqual([]);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'shows the refusal and the decision when somebody else was faster',
    async () => {
      await page.goto(api.link);
      await live();
      await say(page, COMMAND);
      const approve = card().getByRole('button', { name: /^Approve plan/ });
      await approve.waitFor();
      api.allowSockets(false);
      await page.getByText('Not live').waitFor();
      await page.route('**/v1/conversations/**', (route) => route.abort());
      api.desk.denyElsewhere((await card().locator('.plan-kind code').textContent()) as PlanId);
      await approve.click();
      await card()
        .getByText(/^This plan was decided before/)
        .waitFor();
      await page.unrouteAll();
      await card().getByText('Denied', { exact: true }).waitFor();
      expect(await approve.count()).toBe(0);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'loses and doubles nothing while connections are cut',
    async () => {
      await page.goto(api.link);
      await live();
      for (const round of [1, 2, 3]) {
        api.cutSockets();
        await say(page, `question ${round}`);
        await page
          .getByText('I cannot tell what “question')
          .nth(round - 1)
          .waitFor();
      }
      await live();
      expect(await page.locator('.message-person .said').allTextContents()).toEqual([
        'question 1',
        'question 2',
        'question 3',
      ]);
      expect(await page.locator('.message-jamie').count()).toBe(3);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'shows what arrived once, even where the answer to the call is lost',
    async () => {
      await page.goto(api.link);
      await live();
      api.loseResponses(true);
      await say(page, QUESTION);
      await page.getByRole('heading', { name: WALK.answer }).waitFor();
      await page.getByText('Sending…').waitFor({ state: 'detached' });
      expect(api.desk.requestCount).toBe(1);
      expect(await page.locator('.message-person').count()).toBe(1);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'says so when nobody answers, and sends the same request again when told to',
    async () => {
      await page.goto(api.link);
      await live();
      await page.route('**/v1/requests', (route) => route.abort());
      await say(page, QUESTION);
      const again = page.getByRole('button', { name: 'Try Again' });
      await again.waitFor();
      await page.screenshot({ path: join(screenshots, '7-not-confirmed.png') });
      await page.unrouteAll();
      await again.click();
      await page.getByRole('heading', { name: WALK.answer }).waitFor();
      expect(await again.count()).toBe(0);
      expect(await page.locator('.message-person').count()).toBe(1);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'stays where the reader is, and says that there is something newer',
    async () => {
      await openPage({ viewport: { width: 900, height: 500 } });
      await page.goto(api.link);
      await live();
      await say(page, QUESTION);
      const answer = page.locator('.reply').first();
      // The answer is taller than this window: its point is what comes into view.
      await answer.getByRole('heading', { name: WALK.answer }).waitFor();
      const headline = await answer.locator('.reply-headline').boundingBox();
      expect(headline?.y).toBeGreaterThan(70);
      expect(headline?.y).toBeLessThan(250);
      await answer.locator('summary').first().click();
      await page.mouse.wheel(0, -10_000);
      await page.waitForFunction(() => Reflect.get(globalThis, 'scrollY') === 0);
      const newest = page.getByRole('button', { name: 'Newest Message' });
      expect(await newest.count()).toBe(0);
      api.desk.submit({
        text: COMMAND,
        conversationKey: String(await page.evaluate("localStorage.getItem('jamie.conversation-key')")),
        idempotencyKey: 'elsewhere',
      });
      await newest.click();
      await card()
        .getByRole('button', { name: /^Approve plan/ })
        .waitFor();
      await newest.waitFor({ state: 'detached' });
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'keeps the conversation over a reload, and starts afresh when asked',
    async () => {
      await page.goto(api.link);
      await live();
      await say(page, QUESTION);
      await page.getByRole('heading', { name: WALK.answer }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: WALK.answer }).waitFor();
      await page.getByRole('button', { name: 'New Conversation' }).click();
      await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor();
      expect(await page.locator('.message').count()).toBe(0);
      await page.getByRole('button', { name: /^why is checkout crashing/ }).click();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: WALK.answer }).waitFor();
      const healing = page.getByRole('button', { name: 'Self-Healing' });
      await healing.click();
      await page.getByRole('heading', { name: 'Nothing has been told here yet.' }).waitFor();
      const cases = page.getByRole('region', { name: 'Cases of self-healing' });
      await cases
        .getByRole('heading', { name: '2 cases of self-healing are open, and one needs you.' })
        .waitFor();
      expect(await cases.getByRole('row').allTextContents()).toEqual([
        expect.stringContaining('Last plan'),
        expect.stringMatching(/h-4k7d2m9q.*shop\/checkout.*killed.*needs you3 of 3none.*p-4k7d2m9q/),
        expect.stringMatching(/h-9vw4dx2k.*waiting0 of 32026-11-22 14:05none/),
      ]);
      await cases.getByRole('button', { name: 'Show p-4k7d2m9q' }).waitFor();
      await page.screenshot({ path: join(screenshots, '9-self-healing.png') });
      expect(await page.locator('.message').count()).toBe(0);
      await healing.click();
      await page.getByRole('heading', { name: WALK.answer }).waitFor();
      expect(complaints).toEqual([]);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'tells a stranger how to get in, also when the session ends while the page is open',
    async () => {
      const signedOut = page.getByRole('heading', { name: 'This browser is not signed in' });
      await page.goto(api.origin);
      await signedOut.waitFor();
      await page.goto(api.link);
      await live();
      api.forgetBrowsers();
      api.cutSockets();
      await signedOut.waitFor();
      await page.screenshot({ path: join(screenshots, '8-signed-out.png') });
    },
    TEST_TIMEOUT_MS,
  );
});

async function expectFocusIn(page: Page, selector: string): Promise<void> {
  await page.locator(`${selector}:focus-within`).waitFor();
}
