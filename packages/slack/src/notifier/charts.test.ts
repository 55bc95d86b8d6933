import { OpsError, type ReplyChart } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DrawChart } from './attachments.ts';
import { NotifierWorld } from './notifier-world.fixture.ts';

const CHART: ReplyChart = {
  name: 'memory-shop.png',
  title: 'Memory of pods in shop',
  description: 'Memory of 4 pods in shop: <search> uses most.',
  unit: 'MiB',
  bars: [],
};
const draw: DrawChart = async ({ title }) => Buffer.from(`a picture of ${title}`);

let world: NotifierWorld;

beforeEach(async () => {
  world = new NotifierWorld();
  await world.start();
});
afterEach(() => world.slack.stop());

const blocks = () => JSON.stringify(world.ours().map((message) => message.blocks));
const files = () => world.ours().flatMap((message) => message.files ?? []);

describe('the charts of an answer', () => {
  it('follow it as pictures, with words for people who do not see them', async () => {
    const shown = world.reply({ charts: [CHART] });
    for (let count = 0; count < 2; count += 1) await world.notifier({ drawChart: draw }).show(shown);
    expect(files()).toMatchObject([
      { title: 'Memory of pods in shop', altText: 'Memory of 4 pods in shop: <search> uses most.' },
    ]);
    expect(files()[0]?.name).toMatch(/^memory-shop-[0-9a-f]{10}\.png$/u);
    expect(Buffer.from(files()[0]?.bytes ?? []).toString()).toBe('a picture of Memory of pods in shop');
    expect(blocks()).toContain(
      'As a chart in this thread: Memory of 4 pods in shop: &lt;search&gt; uses most.',
    );
  });

  it('are named with the reason where they cannot be drawn, and the answer is there', async () => {
    const drawChart: DrawChart = async () => {
      throw new OpsError('internal', 'no ink', { userMessage: 'The picture could not be drawn.' });
    };
    await world.notifier({ drawChart }).show(world.reply({ charts: [CHART] }));
    expect(files()).toEqual([]);
    expect(blocks()).toContain('I could not attach memory-shop.png: The picture could not be drawn.');
    expect(blocks()).toContain('It crashes');
  });
});
