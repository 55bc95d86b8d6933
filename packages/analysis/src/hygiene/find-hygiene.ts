import {
  type ClusterSnapshot,
  type DiagnosisScope,
  type Finding,
  formatObjectRef,
  type Proposal,
  type Severity,
  type Unchecked,
} from '@jamie/core';
import { ANALYZERS } from '../analyzers/catalogue.ts';
import type { Analyzer } from '../analyzers/define-analyzer.ts';
import { type Fault, toFinding } from '../analyzers/fault.ts';
import { compareFaults, compareSeverity } from '../causes/compare-faults.ts';
import { resolveScope } from '../scope/resolve-scope.ts';
import { buildSnapshotIndex } from '../snapshot/snapshot-index.ts';
import { compareText } from '../snapshot/stable-order.ts';
import { findUnchecked } from '../unchecked/find-unchecked.ts';

/** What one detection of hygiene found. */
export interface HygieneGroup {
  readonly code: string;
  readonly title: string;
  /** The gravest of its findings. */
  readonly severity: Severity;
  /** How many objects have it; an object counts once however often it has it. */
  readonly objects: number;
  readonly findings: readonly HygieneFinding[];
}

export interface HygieneFinding extends Finding {
  readonly remedies: readonly Proposal[];
}

export interface HygieneReport {
  /** Most severe first, then what concerns most objects. */
  readonly groups: readonly HygieneGroup[];
  readonly unchecked: readonly Unchecked[];
}

const LINTS = ANALYZERS.filter(({ lint }) => lint === true);

/**
 * What hurts nobody yet but should be mended, by detection. It has no verdict and costs no points: what is broken is
 * the diagnosis. Pure, never throws.
 */
export function findHygiene(
  snapshot: ClusterSnapshot,
  scope: DiagnosisScope,
  lints: readonly Analyzer[] = LINTS,
): HygieneReport {
  const index = buildSnapshotIndex(snapshot);
  const resolved = resolveScope(index, scope);
  const groups = lints
    .filter((lint) => lint.reads.every((kind) => index.isRead(kind)))
    .flatMap((lint) =>
      groupOf(
        lint,
        lint.analyze(index).filter((fault) => resolved.concerns(fault)),
      ),
    );
  return {
    groups: groups.sort(compareGroups),
    unchecked: findUnchecked(index, scope, resolved, lints).entries,
  };
}

function groupOf({ code, title }: Analyzer, faults: readonly Fault[]): readonly HygieneGroup[] {
  const [gravest, ...others] = faults.toSorted(compareFaults);
  if (gravest === undefined) return [];
  const findings = [gravest, ...others].map((fault) => ({ ...toFinding(fault), remedies: fault.remedies }));
  const objects = new Set(findings.map(({ subject }) => formatObjectRef(subject))).size;
  return [{ code, title, severity: gravest.severity, objects, findings }];
}

function compareGroups(left: HygieneGroup, right: HygieneGroup): number {
  return (
    compareSeverity(left.severity, right.severity) ||
    right.objects - left.objects ||
    compareText(left.code, right.code)
  );
}
