import type { CronJobView, JobView } from '@jamie/core';
import { type AnyView, aCondition, aCronJob, aJob, aSnapshot, SNAPSHOT_TIME } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { diagnose } from '../../diagnose.ts';
import { readSchedule } from './cron-schedule.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const OWNER = { kind: 'CronJob', name: 'nightly', uid: 'cron-uid' };

function causesOf(views: readonly AnyView[], lint = false) {
  const scope = { kind: 'namespace', namespace: 'shop' } as const;
  return diagnose(aSnapshot().with(views).build(), scope, { lint }).causes;
}

function codes(views: readonly AnyView[], lint = false): readonly string[] {
  return causesOf(views, lint).map(({ root }) => root.code);
}

const cron = (more: Partial<CronJobView> = {}) => aCronJob('nightly', { uid: OWNER.uid, ...more });
const running = (agoMs: number, more: Partial<JobView> = {}) =>
  aJob('report', {
    succeededPods: 0,
    activePods: 1,
    conditions: [],
    startedAt: SNAPSHOT_TIME - agoMs,
    ...more,
  });
/** It began three hours ago and took so long. */
const done = (name: string, durationMs: number) => {
  const startedAt = SNAPSHOT_TIME - 3 * HOUR_MS;
  const complete = aCondition('Complete', 'True', { since: startedAt + durationMs });
  return aJob(name, { owner: OWNER, startedAt, conditions: [complete] });
};

describe('readSchedule', () => {
  const lastDue = (schedule: string, timeZone = '', createdAt = 0) => {
    const read = readSchedule(cron({ schedule, timeZone, createdAt }));
    return read.kind === 'valid' ? read.lastDueBefore(SNAPSHOT_TIME) : read.problem;
  };

  it.each([
    ['0 * * * *', '', '2026-03-14T09:00:00Z'],
    ['0 2 * * *', 'Europe/Berlin', '2026-03-14T01:00:00Z'],
    ['*/20 8-9 * * MON-FRI', '', '2026-03-13T09:40:00Z'],
    ['0 0 1 JAN ?', '', '2026-01-01T00:00:00Z'],
    ['@midnight', '', '2026-03-14T00:00:00Z'],
    ['@hourly', '', '2026-03-14T09:00:00Z'],
    ['@every 1h30m', '', '2026-03-14T09:00:00Z'],
  ])('finds when %s (%s) was due last', (schedule, timeZone, expected) => {
    const due = lastDue(schedule, timeZone, Date.UTC(2026, 2, 14));
    expect(new Date(Number(due)).toISOString().replace('.000', '')).toBe(expected);
  });

  it.each([
    '',
    '* * * *',
    '0 0 * * * *',
    '61 * * * *',
    '0 0 L * *',
    '0 0 31 2 *',
    '@reboot',
    'TZ=UTC 0 * * * *',
    'often',
  ])('refuses "%s" with a reason', (schedule) => {
    expect(readSchedule(cron({ schedule }))).toMatchObject({
      kind: 'invalid',
      problem: expect.stringMatching(/./),
    });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 10 }), (schedule, timeZone) => {
        const read = readSchedule(cron({ schedule, timeZone }));
        if (read.kind === 'valid') read.lastDueBefore(SNAPSHOT_TIME);
        return true;
      }),
    );
  });
});

describe('a CronJob that does not run', () => {
  it.each<[string, Partial<CronJobView>]>([
    ['CHK-JOB-603', { schedule: '0 25 * * *' }],
    ['CHK-JOB-603', { schedule: '0 0 30 2 *', lastScheduledAt: 0 }],
    ['CHK-JOB-604', { startingDeadlineSeconds: -1 }],
    ['CHK-JOB-605', { lastScheduledAt: SNAPSHOT_TIME - 5 * HOUR_MS }],
    ['CHK-JOB-605', { lastScheduledAt: 0, lastSucceededAt: 0 }],
    ['CHK-JOB-606', { lastSucceededAt: 0 }],
  ])('is told as %s', (code, more) => {
    expect(codes([cron(more)])).toEqual([code]);
  });

  it('may be run by hand where a run was missed', () => {
    const [cause] = causesOf([cron({ lastScheduledAt: SNAPSHOT_TIME - 5 * HOUR_MS })]);
    expect(cause?.proposals[0]?.operation).toMatchObject({ kind: 'run_cron_job' });
  });

  it('is held back by its own Job that still runs, and is then not offered another run', () => {
    const held = cron({
      lastScheduledAt: SNAPSHOT_TIME - 5 * HOUR_MS,
      activeJobs: 1,
      concurrencyPolicy: 'Forbid',
    });
    const [cause] = causesOf([held]);
    expect(cause?.explanation).toContain('1 Job still runs');
    expect(cause?.proposals.flatMap(({ operation }) => operation ?? [])).toEqual([]);
  });

  it.each<[string, Partial<CronJobView>]>([
    ['has just run', {}],
    ['is suspended', { suspended: true, lastScheduledAt: 0, schedule: 'never' }],
    [
      'was made after its last due time',
      { createdAt: SNAPSHOT_TIME - 20 * MINUTE_MS, lastScheduledAt: 0, lastSucceededAt: 0 },
    ],
    [
      'runs in another zone than was thought',
      { schedule: '0 2 * * *', lastScheduledAt: SNAPSHOT_TIME - 10 * HOUR_MS },
    ],
    [
      'is due within the last minutes',
      { schedule: '28 * * * *', lastScheduledAt: SNAPSHOT_TIME - 62 * MINUTE_MS },
    ],
    ['gives its runs a minute to start', { startingDeadlineSeconds: 60 }],
    ['makes its first run now', { lastSucceededAt: 0, activeJobs: 1 }],
    ['is being deleted', { deletingSince: SNAPSHOT_TIME - 1, lastScheduledAt: 0 }],
  ])('is not told where it %s', (_what, more) => {
    expect(codes([cron(more)])).toEqual([]);
  });

  it('leaves a failed Job that is still there to tell it', () => {
    const failed = aCondition('Failed', 'True', { reason: 'BackoffLimitExceeded', message: 'gave up' });
    const job = aJob('report', { owner: OWNER, succeededPods: 0, failedPods: 2, conditions: [failed] });
    expect(codes([cron({ lastSucceededAt: 0 }), job])).toEqual(['CHK-JOB-601']);
  });
});

describe('a Job that runs', () => {
  it('is told where its siblings were done far sooner', () => {
    const [cause] = causesOf([
      running(2 * HOUR_MS, { owner: OWNER }),
      done('report-1', 4 * MINUTE_MS),
      cron(),
    ]);
    expect(cause?.root.code).toBe('CHK-JOB-607');
    expect(cause?.explanation).toBe(
      'Job report has run for 2 h and is not done; the longest of its siblings took 4 min.',
    );
  });

  it.each<[string, readonly AnyView[]]>([
    ['its siblings took nearly as long', [running(2 * HOUR_MS, { owner: OWNER }), done('report-1', HOUR_MS)]],
    ['it runs for minutes', [running(8 * MINUTE_MS, { owner: OWNER }), done('report-1', 1_000)]],
    ['it was made by hand and runs for hours', [running(5 * HOUR_MS)]],
    ['it is over', [aJob('report', { startedAt: SNAPSHOT_TIME - 90 * HOUR_MS })]],
    ['it succeeded after retries', [aJob('report', { failedPods: 4 })]],
  ])('is not told where %s', (_what, views) => {
    expect(codes([...views, cron()])).toEqual([]);
  });

  it('is told as suspended only when hygiene is asked for', () => {
    const job = aJob('report', { suspended: true, conditions: [], succeededPods: 0 });
    expect(codes([job], true)).toEqual(['CHK-JOB-608']);
    expect(codes([job])).toEqual([]);
  });
});
