import type { PersistentVolumeView, Proposal, Severity } from '@jamie/core';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { storageOf } from '../../snapshot/storage-index.ts';
import { type Analyzer, defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';

interface VolumePhaseDefinition {
  readonly code: string;
  readonly title: string;
  readonly phase: string;
  readonly severity: Severity;
  readonly sources: readonly string[];
  /** Volumes younger than this are on their way, in milliseconds. */
  readonly graceMs: number;
  /** Ends the sentence "PersistentVolume pv-data … ": "is free, and no claim asks for it". */
  says(volume: PersistentVolumeView): string;
  remedy(volume: PersistentVolumeView): Proposal;
}

/** An analyzer for volumes that stay in a phase in which they serve nobody. Hygiene, where its severity is info. */
export function defineVolumePhaseAnalyzer(definition: VolumePhaseDefinition): Analyzer {
  const { code, title, severity, sources, phase, graceMs } = definition;
  return defineAnalyzer({
    code,
    title,
    severity,
    tier: 'workload',
    reads: ['PersistentVolume'],
    lint: severity === 'info',
    sources,
    analyze: (index) =>
      storageOf(index)
        .volumes.filter((volume) => volume.phase === phase && index.takenAt - volume.createdAt >= graceMs)
        .map((volume) => describe(index, definition, volume)),
  });
}

function describe(
  index: SnapshotIndex,
  { says, remedy }: VolumePhaseDefinition,
  volume: PersistentVolumeView,
) {
  const { claim } = volume;
  const words = says(volume);
  const why = volume.message || volume.reason;
  return observationOn(index, volume, {
    field: 'status.phase',
    value: `${volume.phase}${why === '' ? '' : `: ${why}`}; ${volume.capacity}, reclaim policy ${volume.reclaimPolicy}`,
    summary: words,
    related:
      claim === undefined
        ? []
        : [{ kind: 'PersistentVolumeClaim' as const, namespace: claim.namespace, name: claim.name }],
    explanation: `PersistentVolume ${volume.name} (${volume.capacity}) ${words}.`,
    remedies: [remedy(volume)],
  });
}
