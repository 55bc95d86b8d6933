import type { PodView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { isPodReady } from '../../snapshot/conditions.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { capitalise } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { groupByWorkload } from './affected-workload.ts';
import { checkReference, formatMissing, type MissingConfiguration } from './missing-configuration.ts';

interface DanglingHit {
  readonly pod: PodView;
  readonly missing: MissingConfiguration;
}

/** CHK-POD-135: pods run, but would not start again, because a ConfigMap that they name is gone. */
export const danglingConfigReference = defineAnalyzer({
  code: 'CHK-POD-135',
  title: 'ConfigMap that running pods name and that is gone',
  severity: 'warning',
  tier: 'pod',
  reads: ['Pod', 'ConfigMap'],
  analyze: (index) =>
    groupByWorkload(
      index,
      index.pods.flatMap((pod) => danglingOf(index, pod)),
      (hit) => formatMissing(hit.missing),
    ).map((group) => {
      const { pod, missing } = group.hits[0];
      return {
        subject: group.subject,
        summary: `${formatMissing(missing)} is gone; running pods go on, new ones will not start`,
        since: index.takenAt,
        evidence: [
          observeField(
            pod,
            'spec',
            `refers to ${formatMissing(missing)}, which is not in namespace ${pod.namespace}`,
            index.takenAt,
          ),
        ],
        related: [
          ...group.related,
          { kind: 'ConfigMap' as const, namespace: pod.namespace, name: missing.name },
        ],
        pods: group.pods,
        sharedKey: `${pod.namespace}/${formatMissing(missing)}`,
        explanation: `${capitalise(formatMissing(missing))}, which ${group.share} ${group.pods.length === 1 ? 'names' : 'name'}, is gone: running pods go on, the next that starts will fail.`,
        confidence: 'high' as const,
        remedies: [
          {
            label: `Create ${formatMissing(missing)}`,
            advice: `Create ${formatMissing(missing)} again before a pod restarts, or take the reference out of the template.`,
          },
        ],
        templateMayCauseIt: false,
      };
    }),
});

function danglingOf(index: SnapshotIndex, pod: PodView): readonly DanglingHit[] {
  if (!isPodReady(pod)) return [];
  return pod.references.flatMap((reference) => {
    const missing: MissingConfiguration = {
      kind: reference.kind,
      name: reference.name,
      ...(reference.key === undefined ? {} : { key: reference.key }),
    };
    const listed = checkReference(index, pod.namespace, missing);
    return listed === 'absent' || listed === 'key_absent' ? [{ pod, missing }] : [];
  });
}
