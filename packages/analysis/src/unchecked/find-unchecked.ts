import {
  type Diagnosis,
  type DiagnosisScope,
  KINDS,
  type Kind,
  type Unchecked,
  type UnreadKind,
} from '@jamie/core';
import type { Analyzer } from '../analyzers/define-analyzer.ts';
import type { ResolvedScope } from '../scope/resolve-scope.ts';
import type { SnapshotIndex } from '../snapshot/snapshot-index.ts';
import { STALE_MS } from '../thresholds.ts';
import { formatDuration, someOf } from '../wording.ts';

/** What was not looked at, and whether that could hide a fault of the scope. */
export interface UncheckedSummary {
  readonly entries: readonly Unchecked[];
  readonly mayHideFault: boolean;
}

const WHY: Readonly<Record<UnreadKind['reason'], string>> = {
  forbidden: 'Jamie may not read',
  not_served: 'the API server does not serve',
  timeout: 'the API server did not answer in time for',
  unavailable: 'the API server could not be reached for',
};

/** Says which analyzers could not run, and whether the snapshot is too old or the object unknown. */
export function findUnchecked(
  index: SnapshotIndex,
  scope: DiagnosisScope,
  resolved: ResolvedScope,
  analyzers: readonly Analyzer[],
): UncheckedSummary {
  const blocked = index.snapshot.unread.flatMap((unread) => blockedBy(unread, analyzers, scope));
  const stale = staleness(index);
  const unknown = resolved.exists ? [] : [unknownObject(index, scope)];
  return {
    entries: [...unknown, ...stale, ...blocked.map((entry) => entry.unchecked)],
    mayHideFault: unknown.length + stale.length > 0 || blocked.some((entry) => entry.isRequired),
  };
}

/** Healthy is said only of what was seen. */
export function decideVerdict(
  causes: Diagnosis['causes'],
  unchecked: UncheckedSummary,
): Diagnosis['verdict'] {
  if (causes.some((cause) => cause.root.severity !== 'info')) return 'faulty';
  return unchecked.mayHideFault ? 'cannot_tell' : 'healthy';
}

function blockedBy(unread: UnreadKind, analyzers: readonly Analyzer[], scope: DiagnosisScope) {
  const relevant = analyzers.filter((analyzer) => isRelevant(analyzer, scope));
  const required = relevant.filter((analyzer) => analyzer.reads.includes(unread.kind));
  const helped = relevant.filter((analyzer) => analyzer.helpedBy?.includes(unread.kind));
  if (required.length + helped.length === 0) return [];
  const what =
    required.length > 0
      ? someOf(required.map((analyzer) => analyzer.title))
      : `details from ${pluralOf(unread.kind)}`;
  const why = `${WHY[unread.reason]} ${pluralOf(unread.kind)}: ${unread.message}`;
  return [{ unchecked: { what, why }, isRequired: required.length > 0 }];
}

/**
 * A fault of a node or a webhook shows in the pods too that suffer from it, so what belongs to no namespace is needed only
 * where it is asked about itself. An analyzer names the kind that it is about first.
 */
function isRelevant({ reads }: Analyzer, scope: DiagnosisScope): boolean {
  const [about] = reads;
  if (about === undefined || KINDS[about].namespaced || scope.kind === 'cluster') return true;
  return scope.kind === 'object' && !KINDS[scope.ref.kind].namespaced && reads.includes(scope.ref.kind);
}

function staleness(index: SnapshotIndex): readonly Unchecked[] {
  const { stalenessMs } = index.snapshot;
  if (stalenessMs <= STALE_MS) return [];
  const age = formatDuration(stalenessMs);
  return [
    { what: `anything that happened in the last ${age}`, why: `the API server was last heard ${age} ago` },
  ];
}

function unknownObject(index: SnapshotIndex, scope: DiagnosisScope): Unchecked {
  if (scope.kind !== 'object') {
    const name = scope.kind === 'namespace' ? `Namespace ${scope.namespace}` : 'the cluster';
    return { what: name, why: 'nothing of it is among the objects that were read' };
  }
  const { kind, name } = scope.ref;
  const why = index.isRead(kind)
    ? `no such ${kind} is among the objects that were read`
    : `${pluralOf(kind)} were not read`;
  return { what: `${kind} ${name}`, why };
}

function pluralOf(kind: Kind): string {
  return `${kind}s`;
}
