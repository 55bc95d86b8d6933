import { join } from 'node:path';
import { loadConfig } from '@jamie/runtime';
import { createStandalone, type Standalone } from '@jamie/standalone';
import { createTemporaryDirectory, RecordingLogger } from '@jamie/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { collectComplaints, launchBrowser, makeScreenshotDirectory } from './support/browser.ts';
import { say } from './support/page-scenario.ts';

const TEST_TIMEOUT_MS = 60_000;

describe('answers that ask and offer, on the page', () => {
  const directory = createTemporaryDirectory();
  let program: Standalone;
  let browser: Browser;
  let page: Page;
  let screenshots: string;
  let complaints: readonly string[];

  beforeAll(async () => {
    const config = loadConfig({ JAMIE_DATA_DIR: directory.path, JAMIE_PORT: '0' });
    program = createStandalone({ config, logger: new RecordingLogger() });
    const { openUrl } = await program.start();
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 1180, height: 1000 } });
    complaints = collectComplaints(page);
    screenshots = process.env['SCREENSHOT_DIRECTORY'] ?? (await makeScreenshotDirectory());
    await page.goto(openUrl);
    await page.getByText('Live', { exact: true }).waitFor();
  }, TEST_TIMEOUT_MS);
  afterAll(async () => {
    expect(complaints).toEqual([]);
    await browser?.close();
    await program?.stop();
    directory.remove();
  }, TEST_TIMEOUT_MS);

  const last = () => page.locator('.message-jamie').last();

  it(
    'asks which one was meant, and answers for the one that is chosen',
    async () => {
      await say(page, '/why worker');
      await page.getByRole('heading', { name: /Did you mean one of these\?/ }).waitFor();
      const select = last().getByRole('combobox');
      const names = await select.locator('option').allTextContents();
      expect(names.filter((name) => name.includes('worker')).length).toBeGreaterThan(1);
      await last().getByRole('button', { name: 'Ask' }).click({ force: true });
      expect(await page.locator('.message-person').count()).toBe(1);
      await select.selectOption({ index: 1 });
      await page.screenshot({ path: join(screenshots, 'choice.png') });
      await last().getByRole('button', { name: 'Ask' }).click();
      await page.getByRole('heading', { name: /Deployment .*worker/ }).waitFor();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'folds a long log into a file that can be saved, and offers the way on',
    async () => {
      await say(page, '/logs ledger -n payments');
      const file = page.locator('.reply-file').last();
      await file.locator('summary').click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        file.getByRole('button', { name: /^Save / }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/ledger.*\.(?:log|txt)$/);
      await page.screenshot({ path: join(screenshots, 'file.png') });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1180);
      await say(page, '/pods -A');
      await last().getByRole('button', { name: 'Next page' }).click();
      await page
        .getByText(/--page 2/)
        .first()
        .waitFor();
      await page.screenshot({ path: join(screenshots, 'pages.png') });
    },
    TEST_TIMEOUT_MS,
  );
});
