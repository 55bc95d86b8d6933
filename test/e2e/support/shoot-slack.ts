import { renderConversation, renderHome, renderView, type SlackEmulator } from '@jamie/testing';
import type { Browser } from 'playwright-core';

/** What is looked at: a conversation, a person's Home tab, or the modal that a person sees. */
export type SlackScene =
  | { readonly kind: 'conversation'; readonly channel: string }
  | { readonly kind: 'home' | 'modal'; readonly user: string };

const WIDTH = 860;

/** Renders what people see in the emulated Slack, and takes a picture of all of it into a PNG file. */
export async function shootSlack(
  browser: Browser,
  slack: SlackEmulator,
  scene: SlackScene,
  file: string,
): Promise<void> {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 600 } });
  try {
    await page.setContent(render(slack, scene));
    await page.screenshot({ path: file, fullPage: true });
  } finally {
    await page.close();
  }
}

function render(slack: SlackEmulator, scene: SlackScene): string {
  if (scene.kind === 'conversation') return renderConversation(slack.workspace, scene.channel);
  if (scene.kind === 'home') return renderHome(slack.workspace, scene.user);
  const modal = slack.modalOf(scene.user);
  if (modal === undefined) throw new Error(`${scene.user} sees no modal`);
  return renderView(slack.workspace, modal);
}
