import type { Proposal } from '@jamie/core';
import { observeEvent } from '../../evidence/observe.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { countOf, formatDuration } from '../../wording.ts';
import { type Analyzer, defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';
import { findPendingClaims, type PendingClaim, type PendingReason } from './pending-claim.ts';

type Reason = PendingReason['reason'];
type Because<R extends Reason> = Extract<PendingReason, { readonly reason: R }>;

interface PendingClaimDefinition<R extends Reason> {
  readonly code: string;
  readonly title: string;
  readonly reason: R;
  readonly sources: readonly string[];
  /** Ends the sentence "… waits for a volume: ". */
  why(because: Because<R>, claim: PendingClaim['claim'], index: SnapshotIndex): string;
  remedy(because: Because<R>, claim: PendingClaim['claim']): Proposal;
  /** Claims with the same key have one cause. */
  sharedKey?(because: Because<R>): string;
}

/** An analyzer for one reason why claims get no volume. Pods that wait for one make it critical. */
export function definePendingClaimAnalyzer<R extends Reason>(
  definition: PendingClaimDefinition<R>,
): Analyzer {
  const { code, title, reason, sources } = definition;
  return defineAnalyzer({
    code,
    title,
    severity: 'warning',
    tier: 'admission',
    reads: ['PersistentVolumeClaim'],
    helpedBy: ['StorageClass', 'Event', 'Pod'],
    sources,
    analyze: (index) =>
      findPendingClaims(index)
        .filter((hit) => hit.decision.reason === reason)
        .map((hit) => describe(index, definition, hit)),
  });
}

function describe<R extends Reason>(
  index: SnapshotIndex,
  definition: PendingClaimDefinition<R>,
  { claim, decision, waiting }: PendingClaim,
) {
  // Filtered by its reason above.
  const because = decision as Because<R>;
  const why = definition.why(because, claim, index);
  const age = formatDuration(index.takenAt - claim.createdAt);
  const behind = waiting.length === 0 ? '' : `, and ${countOf(waiting.length, 'pod')} with it`;
  return observationOn(index, claim, {
    ...(waiting.length > 0 && { severity: 'critical' as const }),
    field: 'status.phase',
    value: `Pending for ${age}; storageClassName ${claim.storageClass ?? 'not set'}`,
    summary: `has no volume: ${why}`,
    since: claim.createdAt,
    evidence: 'event' in decision && decision.event ? [observeEvent(decision.event, claim)] : [],
    waiting,
    ...(definition.sharedKey && { sharedKey: definition.sharedKey(because) }),
    explanation: `PersistentVolumeClaim ${claim.name} has waited ${age} for a volume${behind}: ${why}.`,
    remedies: [definition.remedy(because, claim)],
  });
}
