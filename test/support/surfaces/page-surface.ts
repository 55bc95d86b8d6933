import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../e2e/support/browser.ts';
import { say } from '../../e2e/support/page-scenario.ts';
import type { Surface } from './surface.ts';

/** The Command Center in a real browser, where a slash begins a command. */
export async function pageSurface(link: string): Promise<Surface> {
  const browser: Browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  await page.goto(link);
  await page.getByText('Live', { exact: true }).waitFor();
  const answers = page.locator('.message-jamie');
  return {
    name: 'page',
    async ask(command) {
      const before = await answers.count();
      await say(page, `/${command}`);
      const answer = answers.nth(before);
      await answer.locator('.reply-headline, .plan').first().waitFor();
      return (await answer.textContent()) ?? '';
    },
    close: () => browser.close(),
  };
}
