import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

/** One walk through the page: what to type, what to look for, and how long the program may take. */
export interface PageScenario {
  /** The printed link, with its token. */
  readonly link: string;
  readonly question: string;
  /** Stands in the headline of the answer. */
  readonly answer: RegExp;
  /** A command that makes a plan. */
  readonly command: string;
  /** The headline of its card. */
  readonly planHeadline: RegExp;
  /** The headline of the card that undoes it. */
  readonly undoHeadline: RegExp;
  /** From the approval until the card says that it is done. */
  readonly effectWithinMs: number;
  /** Where the screenshots go. */
  readonly screenshots: string;
}

/** What the walk saw, for the test to judge. */
export interface PageScenarioResult {
  readonly answerHeadline: string | null;
  readonly evidenceText: string | null;
  readonly diffLines: readonly string[];
  /** The words of the first card's pill, in the order in which they were seen; each once. */
  readonly phases: readonly string[];
  readonly cardCount: number;
}

/**
 * Asks, reads the evidence, plans a change, approves it, watches the card repaint, undoes it and approves that.
 * Knows nothing of who serves the page: the double and the whole program are walked alike.
 */
export async function pageScenario(page: Page, scenario: PageScenario): Promise<PageScenarioResult> {
  const shoot = async (name: string): Promise<void> => {
    await page.screenshot({ path: join(scenario.screenshots, `${name}.png`) });
  };
  await page.goto(scenario.link);
  await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor();
  await shoot('1-empty');

  await say(page, scenario.question);
  const answer = page.locator('.message-jamie .reply').last();
  await answer.getByRole('heading', { name: scenario.answer }).waitFor();
  await answer
    .getByRole('button', { name: /^Show evidence/ })
    .first()
    .click();
  const evidence = answer.locator('details[open] pre').first();
  await evidence.waitFor();
  await shoot('2-answer');

  await say(page, scenario.command);
  const card = page.locator('.plan').first();
  await card.getByRole('heading', { name: scenario.planHeadline }).waitFor();
  await shoot('3-card');
  const phases = await recordPhases(page);
  await approve(card);
  await done(card).waitFor({ timeout: scenario.effectWithinMs });
  await shoot('4-done');
  await shootWhole(page, join(scenario.screenshots, '4-whole.png'));

  await card.getByRole('button', { name: /^Undo plan/ }).click();
  const undoCard = page.locator('.plan').nth(1);
  await undoCard.getByRole('heading', { name: scenario.undoHeadline }).waitFor();
  await approve(undoCard);
  await done(undoCard).waitFor({ timeout: scenario.effectWithinMs });
  await shoot('5-undone');
  return {
    answerHeadline: await answer.locator('.reply-headline').textContent(),
    evidenceText: await evidence.textContent(),
    diffLines: await card.locator('.diff-added, .diff-removed').allTextContents(),
    phases: await phases(),
    cardCount: await page.locator('.plan').count(),
  };
}

/** Types a text and sends it by Enter, as a person does. */
export async function say(page: Page, text: string): Promise<void> {
  const field = page.getByLabel('Ask Jamie, or type a command');
  await field.fill(text);
  await field.press('Enter');
}

async function approve(card: Locator): Promise<void> {
  await card.getByRole('button', { name: /^Approve plan/ }).click();
}

/** The conversation from its beginning: a window that is tall enough, as bars that stick would stand in the middle. */
async function shootWhole(page: Page, path: string): Promise<void> {
  const window = page.viewportSize();
  if (window === null) return;
  const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
  await page.setViewportSize({ width: window.width, height });
  await page.screenshot({ path });
  await page.setViewportSize(window);
}

function done(card: Locator): Locator {
  return card.locator('.pill').getByText('Done', { exact: true });
}

/** Runs in the page; a string, because the type checker of this side knows no DOM. */
const WATCH_PILL = `
  const pill = document.querySelector('.plan .pill');
  window.seenPhases = new Set([pill.textContent]);
  new MutationObserver(() => window.seenPhases.add(pill.textContent))
    .observe(pill, { characterData: true, childList: true, subtree: true });
`;

/** Notes each word that the first card's pill shows from now on; returns a reader of them. */
async function recordPhases(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(WATCH_PILL);
  return () => page.evaluate('[...window.seenPhases]');
}
