import type { KubeObject } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import type { Observation } from './observation.ts';
import type { Subject } from './subjects.ts';

interface Condition {
  readonly type?: string;
  readonly status?: string;
  readonly reason?: string;
}

/** How a Job ended, or that it has not. Pure. */
export function observeJob(
  live: KubeObject | undefined,
  { ref }: Extract<Subject, { kind: 'job' }>,
): Observation {
  const name = `Job ${ref.name}`;
  if (live === undefined) {
    const changed = `${name} is gone before anybody saw how it ended.`;
    return { kind: 'seen', complete: false, said: [], changed };
  }
  const conditions = (readJsonPointer(live, '/status/conditions') ?? []) as readonly Condition[];
  const holds = (type: string) =>
    conditions.find((condition) => condition.type === type && condition.status === 'True');
  const failed = holds('Failed');
  if (failed !== undefined) {
    const why = failed.reason === undefined ? '' : ` (${failed.reason})`;
    return {
      kind: 'seen',
      complete: false,
      said: [`${name} failed${why}`],
      failure: `${name} failed${why}`,
    };
  }
  if (holds('Complete') !== undefined) return { kind: 'seen', complete: true, said: [`${name} ended well`] };
  const running = `${name} still runs`;
  return { kind: 'seen', complete: false, said: [running], running };
}
