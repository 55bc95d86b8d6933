import { mkdir } from 'node:fs/promises';
import { loadConfig } from '@jamie/runtime';
import { createStandalone, type Standalone } from '@jamie/standalone';
import { createTemporaryDirectory, RecordingLogger } from '@jamie/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { collectComplaints, launchBrowser, makeScreenshotDirectory } from './support/browser.ts';
import { pageScenario } from './support/page-scenario.ts';

const TEST_TIMEOUT_MS = 90_000;
const EFFECT_WITHIN_MS = 30_000;

describe('the Command Center in a real browser, on the whole program with its demo cluster', () => {
  const directory = createTemporaryDirectory();
  let program: Standalone;
  let link: string;
  let browser: Browser;
  let screenshots: string;

  beforeAll(async () => {
    const config = loadConfig({
      JAMIE_DATA_DIR: directory.path,
      JAMIE_PORT: '0',
      VERIFY_READY_MS: '1000',
      WATCH_SCALE: '0.01',
    });
    program = createStandalone({ config, logger: new RecordingLogger() });
    link = (await program.start()).openUrl;
    browser = await launchBrowser();
    screenshots = process.env['SCREENSHOT_DIRECTORY'] ?? (await makeScreenshotDirectory());
    await mkdir(screenshots, { recursive: true });
  }, TEST_TIMEOUT_MS);

  afterAll(async () => {
    await browser?.close();
    await program?.stop();
    directory.remove();
  }, TEST_TIMEOUT_MS);

  it(
    'leads from a question over evidence and an approved plan to a verified effect, and back',
    async () => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 1400 } });
      const page = await context.newPage();
      const complaints = collectComplaints(page);
      const seen = await pageScenario(page, {
        link,
        question: 'why is checkout crashing?',
        answer: /checkout/,
        command: 'scale deploy/catalog 4 -n shop',
        planHeadline: /Scale Deployment catalog 3 → 4 in shop on demo/,
        undoHeadline: /scale Deployment catalog 4 → 3/,
        effectWithinMs: EFFECT_WITHIN_MS,
        screenshots,
      });
      expect(seen.answerHeadline).toMatch(/checkout.*exit|crash/i);
      expect(seen.evidenceText).toMatch(/CURRENCY_TABLE_URL|exit/i);
      expect(seen.diffLines.join('')).toMatch(/-\s+replicas: 3[\s\S]*\+\s+replicas: 4/);
      expect(seen.phases[0]).toBe('Waiting for approval');
      expect(seen.phases).toContain('Done');
      expect(seen.cardCount).toBe(2);
      expect(complaints).toEqual([]);
    },
    TEST_TIMEOUT_MS,
  );
});
