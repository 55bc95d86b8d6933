import type { Kind, Severity } from '@jamie/core';
import type { SnapshotIndex } from '../snapshot/snapshot-index.ts';
import type { Fault, Observation, Tier } from './fault.ts';

/** One detection of the catalogue. */
export interface AnalyzerDefinition {
  /** Stable and never reused: `CHK-<area>-<number>`. */
  readonly code: string;
  /** What it looks for, as a noun phrase: "image that does not exist". */
  readonly title: string;
  readonly severity: Severity;
  readonly tier: Tier;
  /** Kinds without which it cannot tell. */
  readonly reads: readonly Kind[];
  /** Kinds that only add detail. */
  readonly helpedBy?: readonly Kind[];
  readonly explainedBy?: readonly string[];
  /**
   * Configuration that is wrong by itself: faults of other tiers that name the same object neither bring it about nor come of
   * it. Default: whether it is hygiene.
   */
  readonly standsAlone?: boolean;
  /** Hygiene: told only when it is asked for. */
  readonly lint?: boolean;
  /** How other public tools name the same check, for example `popeye 106`. */
  readonly sources?: readonly string[];
  /** Pure. Called only when everything that it reads was read. */
  analyze(index: SnapshotIndex): readonly Observation[];
}

export interface Analyzer extends Omit<AnalyzerDefinition, 'analyze'> {
  analyze(index: SnapshotIndex): readonly Fault[];
}

/** Makes an analyzer whose faults carry its code, severity and place in the order of causes. */
export function defineAnalyzer(definition: AnalyzerDefinition): Analyzer {
  return {
    ...definition,
    analyze: (index) =>
      definition.analyze(index).map((observation) => ({
        ...observation,
        code: definition.code,
        severity: observation.severity ?? definition.severity,
        tier: definition.tier,
        explainedBy: definition.explainedBy ?? [],
        standsAlone: definition.standsAlone ?? definition.lint ?? false,
      })),
  };
}
