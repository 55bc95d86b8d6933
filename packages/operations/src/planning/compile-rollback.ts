import type { KubeObject, WorkloadRef } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import { isOwnedBy, revisionOf, templateOf } from '../revisions/replica-set.ts';
import { type CompileResult, refuseCompile } from './compiled.ts';
import { readyReplicasOf, wantedReplicasOf } from './replica-counts.ts';

/**
 * Compiles a rollback of a Deployment to an earlier revision: the pod template of that revision's ReplicaSet, as
 * `kubectl rollout undo` does. Without a revision: the newest before the current one.
 */
export function compileRollback(
  target: WorkloadRef,
  toRevision: number | undefined,
  live: KubeObject,
  replicaSets: readonly KubeObject[],
): CompileResult {
  if (target.kind !== 'Deployment') {
    return refuseCompile(
      'not_applicable',
      `I roll back Deployments only; ${target.name} is a ${target.kind}.`,
    );
  }
  if (readJsonPointer(live, '/spec/paused') === true) {
    return refuseCompile(
      'not_applicable',
      `Deployment ${target.name} is paused; a rollback would not roll. Resume it first.`,
    );
  }
  const current = revisionOf(live);
  const owned = replicaSets.filter((set) => isOwnedBy(set, live.metadata.uid) && revisionOf(set) > 0);
  const wanted = toRevision ?? Math.max(0, ...owned.map(revisionOf).filter((revision) => revision < current));
  const chosen = owned.find((set) => revisionOf(set) === wanted);
  if (chosen === undefined) return noSuchRevision(target, wanted, owned);
  if (wanted === current) {
    return refuseCompile(
      'no_change',
      `Deployment ${target.name} is at revision ${current} already. Nothing to change.`,
    );
  }
  const title = `Roll back Deployment ${target.name} from revision ${current} to ${wanted}`;
  const replicas = wantedReplicasOf(live);
  return {
    kind: 'compiled',
    compiled: {
      effect: 'rollback',
      title,
      write: {
        target,
        summary: title,
        values: { '/spec/template': templateOf(chosen) },
        alsoPinned: ['/spec/paused'],
      },
      currentReplicas: replicas,
      wantedReplicas: replicas,
      readyReplicas: readyReplicasOf(live),
      warnings: [],
    },
  };
}

function noSuchRevision(target: WorkloadRef, wanted: number, owned: readonly KubeObject[]): CompileResult {
  const kept = owned.map(revisionOf).sort((left, right) => left - right);
  const which = wanted === 0 ? 'has no earlier revision' : `has no revision ${wanted}`;
  return refuseCompile(
    'no_such_revision',
    `Deployment ${target.name} ${which}. Revisions kept: ${kept.join(', ') || 'none'}.`,
  );
}
