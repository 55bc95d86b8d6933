import type { CronJobView, JobView } from '@jamie/core';
import { type AnyView, aCondition, aCronJob, aJob, aSnapshot, SNAPSHOT_TIME } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../diagnose.ts';

const MINUTE_MS = 60_000;

function causesOf(...views: readonly AnyView[]) {
  return diagnose(aSnapshot().with(views).build(), { kind: 'namespace', namespace: 'shop' }).causes;
}

function codes(...views: readonly AnyView[]): readonly string[] {
  return causesOf(...views).map((cause) => cause.root.code);
}

function failed(reason = 'BackoffLimitExceeded', more: Partial<JobView> = {}): JobView {
  const since = SNAPSHOT_TIME - 10 * MINUTE_MS;
  const conditions = [aCondition('Failed', 'True', { reason, message: 'it gave up', since })];
  return aJob('report', { succeededPods: 0, failedPods: 2, conditions, ...more });
}

const OWNER = { kind: 'CronJob', name: 'nightly', uid: 'cron-uid' };

function nightly(more: Partial<CronJobView> = {}): CronJobView {
  return aCronJob('nightly', { uid: OWNER.uid, lastSucceededAt: 0, ...more });
}

describe('a Job that failed', () => {
  it.each(['BackoffLimitExceeded', 'DeadlineExceeded'])(
    'is found after %s, and may be run again',
    (reason) => {
      const [cause] = causesOf(failed(reason));
      expect(cause?.root).toMatchObject({ code: 'CHK-JOB-601', subject: { kind: 'Job', name: 'report' } });
      expect(cause?.proposals[0]?.operation).toEqual({
        kind: 'rerun_job',
        target: { kind: 'Job', namespace: 'shop', name: 'report' },
      });
    },
  );

  it('is not offered another run where its own failure policy says that this is no use', () => {
    const [cause] = causesOf(failed('PodFailurePolicy'));
    expect(cause?.proposals.flatMap(({ operation }) => operation ?? [])).toEqual([]);
    expect(cause?.proposals).not.toEqual([]);
  });

  it('is what its CronJob is asked about', () => {
    const ref = { kind: 'CronJob', namespace: 'shop', name: 'nightly' } as const;
    const snapshot = aSnapshot()
      .with(failed(undefined, { owner: OWNER }), nightly())
      .build();
    expect(diagnose(snapshot, { kind: 'object', ref }).causes.map(({ root }) => root.code)).toEqual([
      'CHK-JOB-601',
    ]);
  });

  it.each<[string, readonly AnyView[]]>([
    ['one that succeeded after retries', [aJob('report', { failedPods: 3 })]],
    [
      'one that still tries',
      [aJob('report', { succeededPods: 0, failedPods: 1, activePods: 1, conditions: [] })],
    ],
    ['one that is being deleted', [failed(undefined, { deletingSince: SNAPSHOT_TIME - 1_000 })]],
    [
      'one whose CronJob has succeeded since',
      [failed(undefined, { owner: OWNER }), nightly({ lastSucceededAt: SNAPSHOT_TIME - MINUTE_MS })],
    ],
    [
      'one whose CronJob has begun a later run',
      [
        failed(undefined, { owner: OWNER, createdAt: SNAPSHOT_TIME - 20 * MINUTE_MS }),
        aJob('report-2', { owner: OWNER, conditions: [], createdAt: SNAPSHOT_TIME - MINUTE_MS }),
        nightly(),
      ],
    ],
  ])('is not %s', (_what, views) => {
    expect(codes(...views)).toEqual([]);
  });
});

describe('a suspended CronJob', () => {
  it('is told without calling it a fault, and may be resumed', () => {
    const snapshot = aSnapshot()
      .with(nightly({ suspended: true }))
      .build();
    const diagnosis = diagnose(snapshot, { kind: 'namespace', namespace: 'shop' });
    expect(diagnosis.verdict).toBe('healthy');
    expect(diagnosis.causes[0]).toMatchObject({ root: { code: 'CHK-JOB-602', severity: 'info' } });
    expect(diagnosis.causes[0]?.proposals[0]?.operation?.kind).toBe('unsuspend');
  });

  it('is not told where it runs, or never has', () => {
    expect(codes(nightly({ lastSucceededAt: SNAPSHOT_TIME - MINUTE_MS }))).toEqual([]);
    expect(codes(nightly({ suspended: true, lastScheduledAt: 0 }))).toEqual([]);
  });
});
