import type { ObjectRef, Proposal } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { countOf } from '../../wording.ts';
import { type Analyzer, defineAnalyzer } from '../define-analyzer.ts';
import { findRefused, type Refusal, type RefusedPods } from './refused-pod.ts';

export interface RefusalDefinition {
  readonly code: string;
  readonly title: string;
  readonly refusal: Refusal;
  /** Who refuses, as the subject of a sentence. */
  readonly refuser: string;
  readonly label: string;
  readonly advice: string;
  readonly sources?: readonly string[];
  /** Codes that say why the refuser refuses. */
  readonly explainedBy?: readonly string[];
  /** What the refuser's own words blame. */
  blames?(index: SnapshotIndex, refused: RefusedPods): readonly ObjectRef[];
  /** What would satisfy the refuser, read from its words. */
  remedies?(refused: RefusedPods): readonly Proposal[];
}

/** An analyzer for one authority that refuses pods when they are made. */
export function defineRefusalAnalyzer(definition: RefusalDefinition): Analyzer {
  return defineAnalyzer({
    code: definition.code,
    title: definition.title,
    severity: 'critical',
    tier: 'admission',
    reads: ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Pod', 'Event'],
    ...(definition.sources !== undefined && { sources: definition.sources }),
    ...(definition.explainedBy !== undefined && { explainedBy: definition.explainedBy }),
    analyze: (index) =>
      findRefused(index, definition.refusal).map((refused) => describe(index, definition, refused)),
  });
}

function describe(index: SnapshotIndex, definition: RefusalDefinition, refused: RefusedPods) {
  const { workload, missing, message, since, evidence } = refused;
  const blames = definition.blames?.(index, refused) ?? [];
  return {
    subject: refOf(workload),
    summary: `${countOf(missing, 'pod')} of ${workload.replicas} cannot be made: ${definition.refuser} refuses`,
    since,
    evidence: [evidence],
    related: index.replicaSetsOf(workload).slice(0, 1).map(refOf),
    pods: [],
    ...(blames.length > 0 && { blames }),
    explanation: `${definition.refuser} refuses ${countOf(missing, 'pod')} of ${workload.replicas}: "${toSingleLine(message, 220)}".`,
    confidence: 'high' as const,
    remedies: [
      ...(definition.remedies?.(refused) ?? []),
      { label: definition.label, advice: definition.advice },
    ],
    templateMayCauseIt: true,
  };
}
