import type { KubeObject } from '@jamie/core';
import { readyReplicasOf, wantedReplicasOf } from '../planning/replica-counts.ts';
import type { Observation } from './observation.ts';
import type { Subject } from './subjects.ts';

/**
 * Whether whoever lost a pod has as many ready again as before, or as many as it asks for now where that is fewer.
 * Pure.
 */
export function observeReadyAgain(
  live: KubeObject | undefined,
  { ref, atLeast }: Extract<Subject, { kind: 'ready_again' }>,
): Observation {
  const name = `${ref.kind} ${ref.name}`;
  if (live === undefined) {
    const changed = `${name} is gone, so nobody can say whether it would be ready again.`;
    return { kind: 'seen', complete: false, said: [], changed };
  }
  const ready = readyReplicasOf(live);
  const enough = Math.min(atLeast, wantedReplicasOf(live));
  return {
    kind: 'seen',
    complete: ready >= enough,
    said: [`${ready} of ${enough} of ${name} ready again`],
  };
}
