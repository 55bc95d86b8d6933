import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type ConsoleMessage, chromium, type Page } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Launches a real headless Chromium with an empty profile: CHROMIUM_PATH, otherwise the one from Debian. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new Error(
      `No Chromium at ${executablePath}. Run “apt-get install -y chromium”, or set CHROMIUM_PATH to one.`,
    );
  }
  return chromium.launch({ executablePath, args: FLAGS });
}

/** What a page complained about: script errors, refused resources, content security policy. */
export function collectComplaints(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isUnstartedConversation(message)) complaints.push(message.text());
  });
  return complaints;
}

/** The API answers 404 for a conversation that nobody has started; Chromium reports every 404. */
function isUnstartedConversation(message: ConsoleMessage): boolean {
  return message.text().includes('404') && message.location().url.includes('/v1/conversations/');
}

/** A directory for this run's screenshots; its path is printed, so that people look at them. */
export async function makeScreenshotDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'jamie-page-'));
  console.log(`Screenshots: ${directory}`);
  return directory;
}
