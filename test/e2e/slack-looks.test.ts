import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { DEMO_PEOPLE, type DemoTestCluster, startDemoTestCluster } from '../support/demo-test-cluster.ts';
import { ADA, BOB, createWorldOf } from '../support/loop-world.ts';
import { textOf } from '../support/slack-world.ts';
import { launchBrowser, makeScreenshotDirectory } from './support/browser.ts';
import { type SlackScene, shootSlack } from './support/shoot-slack.ts';

jest.setTimeout(120_000);

describe('what people see in Slack', () => {
  let cluster: DemoTestCluster;
  let browser: Browser;
  let directory: string;
  beforeAll(async () => {
    cluster = await startDemoTestCluster();
    browser = await launchBrowser();
    directory = await makeScreenshotDirectory();
  });
  const world = createWorldOf(() => ({ mode: 'socket', cluster, people: DEMO_PEOPLE }));
  afterAll(async () => {
    await browser.close();
    await cluster.stop();
  });

  async function shoot(name: string, scene: SlackScene): Promise<void> {
    const file = join(directory, `${name}.png`);
    await shootSlack(browser, world().slack.slack, scene, file);
    expect(statSync(file).size).toBeGreaterThan(10_000);
  }

  it('is a conversation with evidence, a change in one card that ends well, and a chart', async () => {
    const { slack, deployments } = world();
    await deployments.create('storefront', 2);
    const channel = slack.newChannel();
    slack.slack.mention({ user: ADA, channel, text: 'why is checkout in payments crashing?' });
    await slack.answer(channel, /Evidence/);
    const card = await slack.card(channel, ADA, `scale deploy/storefront 3 -n ${cluster.namespace}`);
    slack.click(card, BOB, 'approve');
    await slack.says(card, /Done, verified, and still well/);
    slack.command(channel, ADA, 'top --chart -A');
    const pictures = () => slack.files(channel).filter(({ name }) => name.endsWith('.png'));
    const [chart] = await slack.slack.waitFor(() => pictures().length > 0 && pictures());
    expect(chart?.altText).toContain('the busiest first');
    expect(
      Buffer.from(chart?.bytes ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    await slack.settle();
    await shoot('1-conversation', { kind: 'conversation', channel });
  });

  it('is a Home tab and forms', async () => {
    const { slack, deployments } = world();
    await deployments.create('waiting', 2);
    const channel = slack.newChannel();
    const card = await slack.card(channel, ADA, `scale deploy/waiting 3 -n ${cluster.namespace}`);
    slack.slack.openHome({ user: BOB });
    await slack.slack.waitFor(() => JSON.stringify(slack.slack.homeOf(BOB)?.body ?? {}).includes('waiting'));
    await shoot('2-home', { kind: 'home', user: BOB });
    slack.click(card, ADA, 'edit');
    await slack.form(ADA);
    await shoot('3-edit', { kind: 'modal', user: ADA });
    await slack.handIn(ADA, { replicas: '4' });
    await slack.says(card, /Replaced by/);
    slack.command(channel, BOB, 'ask');
    await slack.slack.waitFor(() =>
      JSON.stringify(slack.slack.modalOf(BOB)?.body ?? {}).includes('ask.workload'),
    );
    await shoot('4-ask', { kind: 'modal', user: BOB });
    expect(slack.answers(channel).filter((message) => /Status:/.test(textOf(message)))).toHaveLength(2);
    await shoot('5-replaced', { kind: 'conversation', channel });
    await slack.settle();
  });
});
