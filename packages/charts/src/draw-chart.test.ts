import { MAX_CHART_BARS, type ReplyChart } from '@jamie/core';
import { systemClock } from '@jamie/runtime';
import { HOSTILE_TEXTS } from '@jamie/testing/arbitraries';
import { describe, expect, it } from '@jest/globals';
import { barChartSpec } from './bar-chart-spec.ts';
import { drawChart } from './draw-chart.ts';

const CHART: ReplyChart = {
  name: 'usage-shop.png',
  title: 'CPU of pods in shop',
  description: 'checkout uses most.',
  unit: 'milli-cores',
  bars: [
    { label: 'checkout-7d9f', value: 420, limit: 500 },
    { label: 'a-very-long-deployment-name-of-a-team-7d9f8b6c5-x2x4z', value: 300.25, limit: 1_000 },
    { label: 'search', value: 40 },
    { label: 'idle', value: 0, limit: 100 },
  ],
};
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const barsOf = (chart: ReplyChart) =>
  (
    barChartSpec(chart).data as unknown as readonly { values: readonly { label: string; text: string }[] }[]
  )[0]?.values ?? [];

describe('barChartSpec', () => {
  it('keeps the order, formats values and cuts long names in their middle', () => {
    expect(barsOf(CHART).map(({ label, text }) => [label, text])).toEqual([
      ['checkout-7d9f', '420'],
      ['a-very-long-depl…-7d9f8b6c5-x2x4z', '300.3'],
      ['search', '40'],
      ['idle', '0'],
    ]);
  });

  it('shows no more bars than can be told apart', () => {
    const bars = Array.from({ length: 40 }, (_, index) => ({ label: `pod-${index}`, value: index }));
    expect(barsOf({ ...CHART, bars })).toHaveLength(MAX_CHART_BARS);
  });

  it('explains the marks of limits where there are any', () => {
    const unlimited = { ...CHART, bars: [{ label: 'search', value: 40 }] };
    expect(JSON.stringify(barChartSpec(CHART))).toContain('the mark is the limit');
    expect(JSON.stringify(barChartSpec(unlimited))).not.toContain('the mark is the limit');
  });
});

describe('drawChart', () => {
  it('draws a picture of the size that its bars need', async () => {
    const png = Buffer.from(await drawChart(CHART, systemClock));
    expect([...png.subarray(0, 8)]).toEqual(PNG_SIGNATURE);
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    expect(width).toBeGreaterThan(1_280);
    expect(height).toBeGreaterThan(208);
    expect(height).toBeLessThan(600);
  });

  it('draws names that nobody should be able to do anything with', async () => {
    const bars = [...HOSTILE_TEXTS, '<svg onload="x()">', '{{datum}}'].map((label, value) => ({
      label,
      value,
    }));
    const png = await drawChart({ ...CHART, title: '</text><script>', bars }, systemClock);
    expect([...png.subarray(0, 8)]).toEqual(PNG_SIGNATURE);
  });
});
