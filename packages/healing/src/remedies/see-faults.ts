import { diagnose, formatDuration } from '@jamie/analysis';
import type { ClusterSnapshot, HealingCase, Remediation } from '@jamie/core';
import type { Autonomy } from '@jamie/policy';
import type { Candidate } from './candidate.ts';
import { REMEDY_CATALOGUE } from './remedy-catalogue.ts';

/** Nothing is decided from what the cluster said longer ago than this. */
const FRESH_MS = 60_000;

/** What is seen of one place: a namespace, or the nodes. */
export type Sight =
  | { readonly kind: 'seen'; readonly candidates: readonly Candidate[] }
  /** Faults may be there or not: nothing is tried, and none counts as gone. */
  | { readonly kind: 'blind'; readonly reason: string };

/** Looks for what the team lets heal in one place; `namespace` undefined: at the nodes. Pure. */
export type SeeFaults = (
  snapshot: ClusterSnapshot,
  place: { readonly namespace: string | undefined; readonly autonomy: Autonomy },
  cases: readonly HealingCase[],
) => Sight;

export const seeFaults: SeeFaults = (snapshot, { namespace, autonomy }, cases) => {
  const allowed = autonomy.remediations.filter(
    (remediation) => (remediation === 'cordon-node') === (namespace === undefined),
  );
  if (allowed.length === 0) return { kind: 'seen', candidates: [] };
  const blind = whyBlind(snapshot, allowed);
  if (blind !== undefined) return { kind: 'blind', reason: blind };
  const scope =
    namespace === undefined ? { kind: 'cluster' as const } : { kind: 'namespace' as const, namespace };
  const diagnosis = diagnose(snapshot, scope);
  if (diagnosis.verdict === 'cannot_tell') {
    const what = diagnosis.unchecked.map((each) => each.what).join('; ');
    return { kind: 'blind', reason: `Not everything could be checked: ${what}.` };
  }
  const facts = { snapshot, diagnosis, autonomy, cases };
  const candidates = allowed.flatMap((remediation) => REMEDY_CATALOGUE[remediation](facts));
  return { kind: 'seen', candidates: candidates.filter((each) => each.subject.namespace === namespace) };
};

function whyBlind(snapshot: ClusterSnapshot, allowed: readonly Remediation[]): string | undefined {
  if (snapshot.stalenessMs > FRESH_MS)
    return `The cluster was last heard ${formatDuration(snapshot.stalenessMs)} ago.`;
  const needed = new Set(allowed.flatMap((remediation) => NEEDED[remediation]));
  const unread = snapshot.unread.find(({ kind }) => needed.has(kind));
  return unread && `${unread.kind} objects cannot be read: ${unread.message}.`;
}

/** What must have been read, so that a fault which is not seen is not there. */
const NEEDED: Readonly<Record<Remediation, readonly ClusterSnapshot['unread'][number]['kind'][]>> = {
  'roll-back': ['Deployment', 'ReplicaSet', 'Pod'],
  'raise-memory': ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Pod'],
  'delete-failed-pods': ['Pod', 'ReplicaSet'],
  'rerun-job': ['Job', 'CronJob', 'Pod'],
  'cordon-node': ['Node'],
};
