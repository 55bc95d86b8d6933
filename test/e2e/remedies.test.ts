import { describe, expect, it, jest } from '@jest/globals';
import { CONTROLS } from '../remedies/controls/all-controls.ts';
import { FAILURES } from '../remedies/failures/all-failures.ts';
import { playSample } from '../remedies/play-sample.ts';
import { reportOn } from '../remedies/report.ts';
import type { ScenarioResult } from '../remedies/scenario.ts';

const SAMPLE = [
  'promotions-of-the-company',
  'search-indexer-of-the-company',
  'stream-aggregator-of-the-company',
  'config-key-missing',
  'zero-under-an-autoscaler',
  'autoscaler-at-its-minimum',
  'settings-never-made',
];

jest.setTimeout(300_000);

function resultOf(scenario: ScenarioResult['scenario'], verdict: ScenarioResult['verdict']): ScenarioResult {
  return { scenario, verdict, by: 'a test', seconds: 1 };
}

describe('the labelled set', () => {
  it('has 40 failures of every family and 20 controls, with names of their own, most on a real API server', () => {
    expect([FAILURES.length, CONTROLS.length]).toEqual([40, 20]);
    const all = [...FAILURES, ...CONTROLS];
    expect(new Set(all.map(({ name }) => name)).size).toBe(60);
    expect(new Set(FAILURES.map(({ family }) => family)).size).toBe(11);
    expect(all.filter(({ on }) => on === 'real').length).toBeGreaterThan(30);
  });

  it('is not passed with too few healthy, with any harm, with one that could not be tried, or with nothing', () => {
    const healthy = FAILURES.map((failure) => resultOf(failure, 'healthy'));
    const left = CONTROLS.map((control) => resultOf(control, 'left alone'));
    const except = (count: number, verdict: ScenarioResult['verdict']) =>
      healthy.map((result, index) => (index < count ? { ...result, verdict } : result));
    expect(reportOn([...except(8, 'not healthy'), ...left])).toMatchObject({
      isGood: true,
      summary: '32 of 40 healthy, 0 harm in 60',
    });
    expect(reportOn([...except(9, 'not healthy'), ...left]).isGood).toBe(false);
    expect(reportOn([...except(1, 'harm'), ...left]).isGood).toBe(false);
    expect(reportOn([...except(1, 'error'), ...left]).isGood).toBe(false);
    expect(reportOn([]).isGood).toBe(false);
  });
});

describe('remedies on the demo cluster', () => {
  it('end common failures healthy, and leave alone what is well or cannot be mended', async () => {
    expect(await playSample(SAMPLE)).toEqual([]);
  });
});
