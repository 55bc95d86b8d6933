import type { ClusterSnapshot, Diagnosis, DiagnosisScope } from '@jamie/core';
import { ANALYZERS } from './analyzers/catalogue.ts';
import type { Analyzer } from './analyzers/define-analyzer.ts';
import type { Fault } from './analyzers/fault.ts';
import { buildCause } from './causes/build-cause.ts';
import { mergeFaults } from './causes/merge-faults.ts';
import { numberEvidence } from './causes/number-evidence.ts';
import { rankCauses } from './causes/rank-causes.ts';
import { findRuledOut } from './ruled-out/find-ruled-out.ts';
import { resolveScope } from './scope/resolve-scope.ts';
import { buildSnapshotIndex, type SnapshotIndex } from './snapshot/snapshot-index.ts';
import { decideVerdict, findUnchecked } from './unchecked/find-unchecked.ts';

export interface DiagnoseOptions {
  /** Whether hygiene is told too: what hurts nobody yet. Default: false. */
  readonly lint?: boolean;
}

const FAULT_ANALYZERS = ANALYZERS.filter(({ lint }) => lint !== true);

/**
 * Says what is wrong within a scope and why. Pure: the same snapshot always gets the same diagnosis, in whatever
 * order its objects come. Never throws. See logsWanted and withLogs for what logs add.
 */
export function diagnose(
  snapshot: ClusterSnapshot,
  scope: DiagnosisScope,
  { lint = false }: DiagnoseOptions = {},
): Diagnosis {
  const index = buildSnapshotIndex(snapshot);
  const resolved = resolveScope(index, scope);
  const analyzers = lint ? ANALYZERS : FAULT_ANALYZERS;
  const faults = findFaults(index, analyzers).filter((fault) => resolved.concerns(fault));
  const groups = rankCauses(index, mergeFaults(faults));
  const causes = numberEvidence(groups.map((group) => buildCause(index, group)));
  const unchecked = findUnchecked(index, scope, resolved, analyzers);
  return {
    cluster: snapshot.cluster,
    scope,
    verdict: decideVerdict(causes, unchecked),
    causes,
    ruledOut: findRuledOut(index, scope, resolved, faults),
    unchecked: unchecked.entries,
    takenAt: snapshot.takenAt,
    stalenessMs: snapshot.stalenessMs,
    objectsChecked: resolved.objects,
  };
}

/** Runs every analyzer whose kinds were read. */
function findFaults(index: SnapshotIndex, analyzers: readonly Analyzer[]): readonly Fault[] {
  return analyzers
    .filter((analyzer) => analyzer.reads.every((kind) => index.isRead(kind)))
    .flatMap((analyzer) => analyzer.analyze(index));
}
