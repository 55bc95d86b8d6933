import type { ConditionView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { findRollouts, type Rollout } from './rollout-progress.ts';

/** CHK-WKL-301: a rollout did not finish within its progress deadline. */
export const rolloutDeadlineExceeded = defineAnalyzer({
  code: 'CHK-WKL-301',
  title: 'rollout that exceeded its progress deadline',
  severity: 'critical',
  tier: 'rollout',
  reads: ['Deployment', 'ReplicaSet', 'Pod'],
  sources: ['k8sgpt Deployment Progressing False', 'OpenSRE 008-deployment-rollout-stuck'],
  analyze: (index) =>
    findRollouts(index).flatMap((rollout) => {
      const progressing = findCondition(rollout.workload, 'Progressing');
      const isExceeded = progressing?.status === 'False' && progressing.reason === 'ProgressDeadlineExceeded';
      return isExceeded ? [describe(index, rollout, progressing)] : [];
    }),
});

function describe(
  index: SnapshotIndex,
  { workload, newest, waiting, readyPods }: Rollout,
  progressing: ConditionView,
) {
  return {
    subject: refOf(workload),
    summary: `the rollout of revision ${newest.revision} is stuck: ${readyPods} of ${workload.replicas} new pods are ready`,
    since: progressing.since,
    evidence: [
      observeField(
        workload,
        'status.conditions[Progressing]',
        `${progressing.reason}: ${progressing.message}`,
        index.takenAt,
      ),
    ],
    related: [refOf(newest), ...waiting.map(refOf)],
    pods: waiting,
    explanation: `The rollout of revision ${newest.revision} made no progress for more than ${workload.progressDeadlineSeconds} s: ${readyPods} of ${workload.replicas} new pods are ready.`,
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
