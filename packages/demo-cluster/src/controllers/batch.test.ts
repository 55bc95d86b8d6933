import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CronJob, KubeJob } from '../batch-objects.ts';
import type { Pod } from '../objects.ts';
import { cronJob, type Manifest } from '../seed/manifests.ts';
import { createRehearsal, type Rehearsal } from '../testing/rehearsal.ts';
import { nextTime, parseSchedule } from './cron-schedule.ts';
import { jobEnd } from './job.ts';

const DAY_MS = 86_400_000;

function job(name: string, tag: string, spec: object = {}): Manifest {
  const containers = [{ name: 'work', image: `registry.example/batch:${tag}` }];
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: 'default' },
    spec: { template: { spec: { restartPolicy: 'Never', containers } }, ...spec },
  };
}

let rehearsal: Rehearsal;
const find = (name: string): KubeJob => rehearsal.world.store.get('jobs', 'default', name) as KubeJob;
const pods = (): readonly Pod[] => rehearsal.world.store.list('pods', 'default') as readonly Pod[];

beforeEach(() => {
  rehearsal = createRehearsal('empty');
});

describe('reconcileJob', () => {
  it('runs pods to completion, no more at once than it may', () => {
    rehearsal.apply(job('export', 'once', { completions: 3, parallelism: 2 }));
    let most = 0;
    rehearsal.runFor(60_000, () => {
      most = Math.max(most, pods().filter(({ status }) => status.phase !== 'Succeeded').length);
    });
    expect(most).toBe(2);
    expect([jobEnd(find('export')), find('export').status.succeeded]).toEqual(['Complete', 3]);
    expect(find('export').status.completionTime).toBeDefined();
  });

  it('gives up after its limit of failures, each later than the one before', () => {
    rehearsal.apply(job('broken', 'crash', { backoffLimit: 2 }));
    rehearsal.runFor(300_000);
    expect([jobEnd(find('broken')), find('broken').status.failed]).toEqual(['Failed', 3]);
    const starts = pods()
      .map(({ metadata }) => Date.parse(metadata.creationTimestamp))
      .sort((a, b) => a - b);
    const waits = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
    expect(waits[0]).toBeGreaterThanOrEqual(10_000);
    expect(waits[1]).toBeGreaterThanOrEqual(20_000);
  });

  it('restarts in place where its template says so, and gives up after as many restarts', () => {
    const containers = [{ name: 'work', image: 'registry.example/batch:crash' }];
    const template = { spec: { restartPolicy: 'OnFailure', containers } };
    rehearsal.apply(job('retried', 'crash', { template, backoffLimit: 1 }));
    rehearsal.runFor(300_000);
    expect(jobEnd(find('retried'))).toBe('Failed');
  });

  it('stops while it is suspended and goes on afterwards', () => {
    rehearsal.apply(job('held', 'once', { suspend: true }));
    rehearsal.runFor(30_000);
    expect(pods()).toHaveLength(0);
    const { kind, apiVersion, metadata, spec } = find('held');
    rehearsal.apply({ kind, apiVersion, metadata, spec: { ...spec, suspend: false } });
    rehearsal.runFor(30_000);
    expect(jobEnd(find('held'))).toBe('Complete');
  });

  it('takes its pods with it when it is deleted', () => {
    rehearsal.apply(job('gone', 'once'));
    rehearsal.runFor(30_000);
    rehearsal.world.store.remove('jobs', find('gone'));
    rehearsal.runFor(60_000);
    expect(pods()).toHaveLength(0);
  });

  it('refuses a template that is restarted always, or that changes', () => {
    const always = { template: { spec: { containers: [{ name: 'a', image: 'a:once' }] } } };
    expect(() => rehearsal.apply(job('always', 'once', always))).toThrow('restartPolicy');
    const stored = rehearsal.apply(job('fixed', 'once')) as KubeJob;
    const template = { ...stored.spec.template, metadata: { labels: { other: 'x' } } };
    const { kind, apiVersion, metadata } = stored;
    expect(() => rehearsal.apply({ kind, apiVersion, metadata, spec: { ...stored.spec, template } })).toThrow(
      'immutable',
    );
  });
});

describe('reconcileCronJob', () => {
  const nightly = (tag: string, change: object = {}): Manifest => {
    const image = `registry.example/batch:${tag}`;
    const base = {
      namespace: 'default',
      name: 'nightly',
      team: 'x',
      schedule: '15 2 * * *',
      backoffLimit: 0,
    };
    const manifest = cronJob({ ...base, image });
    return { ...manifest, spec: { ...(manifest['spec'] as object), ...change } };
  };
  const jobs = (): readonly KubeJob[] => rehearsal.world.store.list('jobs', 'default') as readonly KubeJob[];

  it('starts a Job at each time of its schedule and keeps the last of them', () => {
    rehearsal.apply(nightly('once'));
    rehearsal.runFor(5 * DAY_MS);
    expect(jobs().map(jobEnd)).toEqual(['Complete', 'Complete', 'Complete']);
    const cron = rehearsal.world.store.get('cronjobs', 'default', 'nightly') as CronJob;
    expect(cron.status.lastScheduleTime).toMatch(/T02:15:00Z$/);
    expect(cron.status.lastSuccessfulTime).toBeDefined();
  });

  it('starts none while it is suspended, and none that runs beside another where that is forbidden', () => {
    rehearsal.apply(nightly('once', { suspend: true }));
    rehearsal.runFor(2 * DAY_MS);
    expect(jobs()).toHaveLength(0);
    rehearsal.apply(nightly('1.0.0', { suspend: false }));
    rehearsal.runFor(3 * DAY_MS);
    expect(jobs()).toHaveLength(1);
  });

  it('refuses a schedule that it cannot read', () => {
    expect(() => rehearsal.apply(nightly('once', { schedule: '99 * * * *' }))).toThrow('schedule');
  });
});

describe('nextTime', () => {
  const now = Date.UTC(2026, 0, 5, 9, 30, 20);
  it.each([
    ['* * * * *', '2026-01-05T09:31'],
    ['0 * * * *', '2026-01-05T10:00'],
    ['*/20 9-10 * * *', '2026-01-05T09:40'],
    ['15 2 * * *', '2026-01-06T02:15'],
    ['0 0 1 * *', '2026-02-01T00:00'],
    ['0 12 * * 0', '2026-01-11T12:00'],
    ['0 12 * * 7', '2026-01-11T12:00'],
    ['0 0 13 * 5', '2026-01-09T00:00'],
    ['0 0 29 2 *', '2028-02-29T00:00'],
    ['@weekly', '2026-01-11T00:00'],
  ])('fires %s next at %s', (text, expected) => {
    const schedule = parseSchedule(text);
    const at = schedule && nextTime(schedule, now);
    expect(new Date(at ?? 0).toISOString().slice(0, 16)).toBe(expected);
  });

  it('never fires on a day that no year has', () => {
    const schedule = parseSchedule('0 0 31 2 *');
    expect(schedule && nextTime(schedule, now)).toBeUndefined();
  });

  it.each([
    '',
    '* * * *',
    '60 * * * *',
    '*/0 * * * *',
    '5-1 * * * *',
    'a * * * *',
    '1,,2 * * * *',
    '0 0 * JAN *',
  ])('does not read "%s"', (text) => {
    expect(parseSchedule(text)).toBeUndefined();
  });
});
