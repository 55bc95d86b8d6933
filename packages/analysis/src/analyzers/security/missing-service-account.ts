import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { countOf, shortName } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { findTemplates, type PodTemplate } from '../template/pod-templates.ts';
import { serviceAccountOf } from './service-account-of.ts';

/** CHK-SEC-805: the API server refuses every new pod; those that run go on until they are replaced. */
export const missingServiceAccount = defineAnalyzer({
  code: 'CHK-SEC-805',
  title: 'pod template that names a ServiceAccount that does not exist',
  severity: 'warning',
  // Before the refusal itself, which it explains.
  tier: 'admission',
  reads: ['ServiceAccount', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Pod'],
  sources: ['popeye 307', 'popeye 507', 'HolmesGPT no service account'],
  analyze: (index) =>
    findTemplates(index)
      .filter((template) => isMissing(index, template))
      .map((template) => describe(index, template)),
});

/** The default account is made with its namespace; where it is not there, the namespace is being made or deleted. */
function isMissing(index: SnapshotIndex, template: PodTemplate): boolean {
  const { serviceAccount } = template.spec;
  const isNamed = serviceAccount !== '' && serviceAccount !== 'default';
  return isNamed && serviceAccountOf(index, template) === undefined;
}

function describe(index: SnapshotIndex, { view, spec, path }: PodTemplate) {
  const { serviceAccount } = spec;
  const account = { kind: 'ServiceAccount' as const, namespace: view.namespace, name: serviceAccount };
  const workload = index.workloadOf(view);
  const lacking = workload === undefined ? 0 : workload.replicas - index.podsOf(workload).length;
  const effect =
    lacking > 0
      ? `${countOf(lacking, 'pod')} of ${workload?.replicas} ${lacking === 1 ? 'is' : 'are'} missing, and the API server refuses new ones`
      : 'running pods go on, and the API server refuses every new one';
  return {
    subject: refOf(view),
    ...(lacking > 0 && { severity: 'critical' as const }),
    summary: `its ServiceAccount ${serviceAccount} does not exist`,
    since: view.createdAt,
    evidence: [
      observeField(
        view,
        `${path}.serviceAccountName`,
        `${serviceAccount}, which is not in namespace ${view.namespace}`,
        index.takenAt,
      ),
    ],
    related: [account],
    pods: [],
    sharedKey: `${view.namespace}/${serviceAccount}`,
    explanation: `ServiceAccount ${serviceAccount}, which ${shortName(refOf(view))} names, does not exist in namespace ${view.namespace}: ${effect}.`,
    confidence: 'high' as const,
    remedies: [
      {
        label: `Create ServiceAccount ${serviceAccount}`,
        advice: `Create ServiceAccount ${serviceAccount} in namespace ${view.namespace} with the rights that the program needs, or correct the name in the pod template.`,
      },
    ],
    templateMayCauseIt: true,
  };
}
