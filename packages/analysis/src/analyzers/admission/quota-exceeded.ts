import type { Evidence, ResourceQuotaView } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeField } from '../../evidence/observe.ts';
import { scaleToWhatFits } from '../../remedies/scale-to-what-fits.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { countOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { findRefused, type RefusedPods } from './refused-pod.ts';

/** What the API server says of an exceeded quota. */
interface QuotaNumbers {
  readonly quota: string;
  readonly requested: string;
  readonly used: string;
  readonly limited: string;
}

// kubernetes/apiserver admission plugin: "exceeded quota: Q, requested: R, used: U, limited: L".
const EXCEEDED =
  /exceeded quota: ([^,]{1,253}), requested: (.{1,300}?), used: (.{1,300}?), limited: (.{1,300}?)$/;

/** Reads the numbers from the refusal; undefined when it has none. */
function parseQuotaMessage(message: string): QuotaNumbers | undefined {
  const [, quota, requested, used, limited] = EXCEEDED.exec(message.trim()) ?? [];
  if (quota === undefined || requested === undefined || used === undefined || limited === undefined)
    return undefined;
  return { quota, requested, used, limited };
}

/** CHK-ADM-401: a ResourceQuota of the namespace is used up. */
export const quotaExceeded = defineAnalyzer({
  code: 'CHK-ADM-401',
  title: 'ResourceQuota that keeps pods from being made',
  severity: 'critical',
  tier: 'admission',
  reads: ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Pod', 'Event'],
  helpedBy: ['ResourceQuota'],
  sources: [
    'k8sgpt ReplicaSet FailedCreate',
    'OpenSRE 005-resource-quota-exceeded',
    'HolmesGPT quota exceeded',
  ],
  analyze: (index) => findRefused(index, 'quota').map((refused) => describe(index, refused)),
});

function describe(index: SnapshotIndex, { workload, missing, message, since, evidence }: RefusedPods) {
  const numbers = parseQuotaMessage(message);
  const quota = numbers === undefined ? 'a ResourceQuota' : `ResourceQuota ${numbers.quota}`;
  const why =
    numbers === undefined
      ? toSingleLine(message, 160)
      : `a pod requests ${numbers.requested}, ${numbers.used} of ${numbers.limited} is used`;
  const ref = numbers && {
    kind: 'ResourceQuota' as const,
    namespace: workload.namespace,
    name: numbers.quota,
  };
  const fewer = scaleToWhatFits(index, workload, `${quota} leaves no room`);
  return {
    subject: refOf(workload),
    summary: `${countOf(missing, 'pod')} of ${workload.replicas} cannot be made: ${quota} is exceeded`,
    since,
    evidence: [evidence, ...quotaEvidence(index, workload.namespace, numbers)],
    related: ref === undefined ? [] : [ref],
    pods: [],
    sharedKey: `${workload.namespace}/${numbers?.quota ?? ''}`,
    explanation: `${quota} of namespace ${workload.namespace} keeps ${countOf(missing, 'pod')} of ${workload.replicas} from being made: ${why}.`,
    confidence: 'high' as const,
    remedies: [
      ...(fewer.kind === 'propose' ? [fewer.proposal] : []),
      {
        label: `Raise ${quota} or lower the requests`,
        advice: `Raise ${quota} in ${workload.namespace}, lower the requests of ${workload.name}, or scale something else in the namespace down.`,
      },
    ],
    templateMayCauseIt: false,
  };
}

function quotaEvidence(
  index: SnapshotIndex,
  namespace: string,
  numbers: QuotaNumbers | undefined,
): readonly Evidence[] {
  if (numbers === undefined) return [];
  // The ref's kind decides the view's type.
  const view = index.find({ kind: 'ResourceQuota', namespace, name: numbers.quota }) as
    | ResourceQuotaView
    | undefined;
  if (view === undefined) return [];
  const lines = Object.keys(view.hard)
    .sort()
    .map((resource) => `${resource} ${view.used[resource] ?? '0'} of ${view.hard[resource]}`);
  return [observeField(view, 'status.used', lines.join(', '), index.takenAt)];
}
