import { observeField } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { ROLLOUT_GRACE_MS } from '../../thresholds.ts';
import { formatDuration } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { findRollouts, type Rollout } from './rollout-progress.ts';

/** CHK-WKL-302: a rollout stands still, although its deadline has not passed yet. */
export const rolloutNotProgressing = defineAnalyzer({
  code: 'CHK-WKL-302',
  title: 'rollout that stands still',
  severity: 'warning',
  tier: 'rollout',
  reads: ['Deployment', 'ReplicaSet', 'Pod'],
  analyze: (index) =>
    findRollouts(index)
      .filter((rollout) => standsStill(index, rollout))
      .map((rollout) => describe(index, rollout)),
});

function standsStill(index: SnapshotIndex, { workload, lastMovedAt }: Rollout): boolean {
  const sets = index.replicaSetsOf(workload);
  // Without pods of an older revision no rollout is under way: then it is a workload that lost pods.
  const isUnderWay = sets.slice(1).some((set) => set.replicas > 0);
  const hasExceeded = findCondition(workload, 'Progressing')?.reason === 'ProgressDeadlineExceeded';
  return isUnderWay && !hasExceeded && index.takenAt - lastMovedAt >= ROLLOUT_GRACE_MS;
}

function describe(index: SnapshotIndex, { workload, newest, waiting, readyPods, lastMovedAt }: Rollout) {
  const still = formatDuration(index.takenAt - lastMovedAt);
  const progress = `${readyPods} of ${workload.replicas} pods of revision ${newest.revision} are ready`;
  return {
    subject: refOf(workload),
    summary: `the rollout of revision ${newest.revision} has stood still for ${still}`,
    since: lastMovedAt,
    evidence: [observeField(newest, 'status.readyReplicas', progress, index.takenAt)],
    related: [refOf(newest), ...waiting.map(refOf)],
    pods: waiting,
    explanation: `The rollout of revision ${newest.revision} has stood still for ${still}: ${readyPods} of ${workload.replicas} new pods are ready.`,
    confidence: 'medium' as const,
    remedies: [
      {
        label: 'Find what keeps the new pods from being ready',
        advice: `Nothing else was found that explains it: look at the pods and events of ReplicaSet ${newest.name}.`,
      },
    ],
    templateMayCauseIt: true,
  };
}
