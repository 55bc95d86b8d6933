import type { KubeObject, WorkloadRef } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import { type CompileResult, refuseCompile } from './compiled.ts';
import { readyReplicasOf, wantedReplicasOf } from './replica-counts.ts';

/** The annotation that `kubectl rollout restart` sets; a new value rolls the pods. */
const RESTARTED_AT = '/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt';

/** Compiles a restart. The time is fixed here, so that sending the request again restarts nothing again. */
export function compileRestart(target: WorkloadRef, live: KubeObject, now: number): CompileResult {
  if (readJsonPointer(live, '/spec/paused') === true) {
    return refuseCompile(
      'not_applicable',
      `${target.kind} ${target.name} is paused; a restart would not roll. Resume it first.`,
    );
  }
  const replicas = wantedReplicasOf(live);
  if (replicas === 0) {
    return refuseCompile(
      'not_applicable',
      `${target.kind} ${target.name} has no pods to restart. Scale it up instead.`,
    );
  }
  const title = `Restart ${target.kind} ${target.name} (${replicas} ${replicas === 1 ? 'pod' : 'pods'})`;
  return {
    kind: 'compiled',
    compiled: {
      effect: 'restart',
      title,
      write: {
        target,
        summary: title,
        values: { [RESTARTED_AT]: new Date(now).toISOString() },
        alsoPinned: ['/spec/template', '/spec/paused'],
      },
      currentReplicas: replicas,
      wantedReplicas: replicas,
      readyReplicas: readyReplicasOf(live),
      warnings: [],
    },
  };
}
