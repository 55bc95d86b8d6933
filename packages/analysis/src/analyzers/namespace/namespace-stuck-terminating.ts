import type { ConditionView, NamespaceView } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeField } from '../../evidence/observe.ts';
import { apisNamedIn } from '../../snapshot/api-services.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { compareText, inStableOrder } from '../../snapshot/stable-order.ts';
import { formatDuration } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/** Long enough for pods with a generous grace period to end. */
const PATIENCE_MS = 5 * 60_000;

/** What the namespace controller says while it deletes: kubernetes/kubernetes, pkg/controller/namespace/deletion. */
const REASONS: ReadonlySet<string> = new Set([
  'NamespaceDeletionDiscoveryFailure',
  'NamespaceDeletionGroupVersionParsingFailure',
  'NamespaceDeletionContentFailure',
  'NamespaceContentRemaining',
  'NamespaceFinalizersRemaining',
]);

/** CHK-NSP-1351: a namespace that is being deleted does not go away. */
export const namespaceStuckTerminating = defineAnalyzer({
  code: 'CHK-NSP-1351',
  title: 'namespace that does not finish terminating',
  severity: 'warning',
  tier: 'service',
  reads: ['Namespace'],
  helpedBy: ['APIService'],
  sources: ['popeye 800'],
  analyze: (index) =>
    inStableOrder(index.snapshot.objects.Namespace).flatMap((namespace) => describe(index, namespace)),
});

function describe(index: SnapshotIndex, namespace: NamespaceView) {
  const { deletingSince } = namespace;
  if (deletingSince === undefined || index.takenAt - deletingSince < PATIENCE_MS) return [];
  const held = namespace.conditions
    .filter(({ type, status }) => status === 'True' && REASONS.has(type))
    .sort((left, right) => compareText(left.type, right.type));
  const blames = held.flatMap(({ message }) => apisNamedIn(index, message));
  const words = held.map(({ message }) => toSingleLine(message, 160)).filter((text) => text !== '');
  const since = formatDuration(index.takenAt - deletingSince);
  return [
    {
      subject: refOf(namespace),
      summary: 'does not finish terminating',
      since: deletingSince,
      evidence: [
        observeField(namespace, 'metadata.deletionTimestamp', `terminating for ${since}`, index.takenAt),
        ...held.map((condition) =>
          observeField(namespace, `status.conditions[${condition.type}]`, condition.message, index.takenAt),
        ),
      ],
      related: blames,
      pods: [],
      ...(blames.length > 0 && { blames }),
      standsOn: [],
      explanation: `Namespace ${namespace.name} has been terminating for ${since}; ${words.length === 0 ? 'it does not say what remains' : `what holds it: ${words.join('; ')}`}.`,
      confidence: 'high' as const,
      remedies: [remedyFor(held)],
      templateMayCauseIt: false,
    },
  ];
}

function remedyFor(held: readonly ConditionView[]) {
  const has = (type: string) => held.some((condition) => condition.type === type);
  if (has('NamespaceDeletionDiscoveryFailure'))
    return {
      label: 'Bring the API back that cannot be asked, or remove its APIService',
      advice: 'The namespace controller deletes nothing for good until it can list every kind of object.',
    };
  if (has('NamespaceFinalizersRemaining'))
    return {
      label: 'Let the controller of the finalizer finish',
      advice:
        'Look at the objects that remain and at the controller that put the finalizer there. Removing a finalizer by hand leaves behind what it would have cleaned up, such as disks or load balancers.',
    };
  return {
    label: 'Look at what remains in the namespace',
    advice:
      'List every kind of object in it: what is left waits for a controller or for a pod that does not end.',
  };
}
