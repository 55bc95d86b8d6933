import {
  type LabelSelectorView,
  type NamespaceView,
  type NetworkPeerView,
  type NetworkPolicyView,
  type PodView,
  selectsLabels,
} from '@jamie/core';
import { labelledPods } from '../../snapshot/labelled-pods.ts';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';

const EVERYTHING: LabelSelectorView = { matchLabels: {}, matchExpressions: [] };

// Every namespace carries its name as this label: kubernetes.io/docs/reference/labels-annotations-taints.
const NAME_LABEL = 'kubernetes.io/metadata.name';

/** The namespaces that a peer means; undefined where Namespaces were not read. */
export function namespacesOf(
  index: SnapshotIndex,
  policy: NetworkPolicyView,
  { namespaces }: NetworkPeerView,
): readonly string[] | undefined {
  if (namespaces === undefined) return [policy.namespace];
  if (!index.isRead('Namespace')) return undefined;
  const known = selected(index);
  const key = JSON.stringify(namespaces);
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = index.snapshot.objects.Namespace.filter((each) => selectsLabels(namespaces, labelsOf(each)));
  const names = found.map(({ name }) => name);
  known.set(key, names);
  return names;
}

/** What each selector of namespaces has selected: many policies use the same few. */
const selected = oncePerSnapshot((_index): Map<string, readonly string[]> => new Map());

/** Whether a peer admits anybody at all: an address outside, or a pod that is there or may come. */
export function admitsSomebody(
  index: SnapshotIndex,
  policy: NetworkPolicyView,
  peer: NetworkPeerView,
): boolean {
  if (peer.cidr !== undefined) return true;
  const namespaces = namespacesOf(index, policy, peer);
  if (namespaces === undefined) return true;
  const selector = peer.pods ?? EVERYTHING;
  return namespaces.some((namespace) => labelledPods(index).mayExist(namespace, selector) !== false);
}

/** Whether a peer admits one of these pods. Addresses may be theirs, and so does what was not read. */
export function admitsOneOf(
  index: SnapshotIndex,
  policy: NetworkPolicyView,
  peer: NetworkPeerView,
  pods: readonly PodView[],
): boolean {
  if (peer.cidr !== undefined || pods.length === 0) return true;
  const namespaces = namespacesOf(index, policy, peer);
  if (namespaces === undefined) return true;
  const { pods: selector } = peer;
  return pods.some(
    (pod) =>
      namespaces.includes(pod.namespace) && (selector === undefined || selectsLabels(selector, pod.labels)),
  );
}

function labelsOf({ name, labels }: NamespaceView): Readonly<Record<string, string>> {
  return { [NAME_LABEL]: name, ...labels };
}
