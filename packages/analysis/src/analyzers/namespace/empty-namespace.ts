import type { ObjectView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { inStableOrder } from '../../snapshot/stable-order.ts';
import { formatDuration } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/** What Kubernetes itself makes in every namespace. */
const MADE_BY_ITSELF: ReadonlySet<string> = new Set(['ConfigMap kube-root-ca.crt', 'ServiceAccount default']);

/** The namespaces that every cluster has. */
const OWN = /^(?:default|kube-.*)$/;

/** Somebody may be about to use a younger one. */
const NEW_MS = 7 * 86_400_000;

/** CHK-NSP-1352: nothing lives in a namespace. */
export const emptyNamespace = defineAnalyzer({
  code: 'CHK-NSP-1352',
  title: 'namespace without anything in it',
  severity: 'info',
  tier: 'service',
  lint: true,
  reads: [
    'Namespace',
    'Pod',
    'Deployment',
    'StatefulSet',
    'DaemonSet',
    'Job',
    'CronJob',
    'Service',
    'ConfigMap',
    'PersistentVolumeClaim',
    'Ingress',
    'ServiceAccount',
  ],
  sources: ['popeye 400'],
  analyze: (index) => {
    const used = usedNamespaces(index);
    return inStableOrder(index.snapshot.objects.Namespace)
      .filter(({ name, deletingSince }) => deletingSince === undefined && !OWN.test(name) && !used.has(name))
      .filter(({ createdAt }) => index.takenAt - createdAt >= NEW_MS)
      .map((namespace) => ({
        subject: refOf(namespace),
        summary: 'has nothing in it',
        since: namespace.createdAt,
        evidence: [
          observeField(
            namespace,
            'metadata.creationTimestamp',
            'no object of any kind that is read',
            index.takenAt,
          ),
        ],
        related: [],
        pods: [],
        explanation: `Namespace ${namespace.name} was made ${formatDuration(index.takenAt - namespace.createdAt)} ago and has nothing in it.`,
        confidence: 'medium' as const,
        remedies: [
          {
            label: 'Delete the namespace if nobody needs it',
            advice: 'Secrets and custom objects are not read: look for those before.',
          },
        ],
        templateMayCauseIt: false,
      }));
  },
});

const usedNamespaces = oncePerSnapshot((index: SnapshotIndex): ReadonlySet<string> => {
  const used = new Set<string>();
  for (const views of Object.values(index.snapshot.objects)) {
    for (const view of views satisfies readonly ObjectView[]) {
      if (view.kind !== 'Event' && !MADE_BY_ITSELF.has(`${view.kind} ${view.name}`)) used.add(view.namespace);
    }
  }
  return used;
});
