import type { Kind, Severity } from '@jamie/core';
import { ANALYZERS } from '../analyzers/catalogue.ts';
import type { Analyzer } from '../analyzers/define-analyzer.ts';
import type { Tier } from '../analyzers/fault.ts';
import { areaOf, titleOfArea } from './areas.ts';

/** What there is to say of a detection without a cluster. */
export interface Detection {
  /** Stable and never reused: `CHK-<area>-<number>`. */
  readonly code: string;
  readonly area: string;
  /** What it looks for, as a noun phrase. */
  readonly title: string;
  readonly severity: Severity;
  readonly tier: Tier;
  /** Kinds without which it cannot tell. */
  readonly reads: readonly Kind[];
  /** Kinds that only add detail. */
  readonly helpedBy: readonly Kind[];
  /** Codes of detections that explain what it finds in the same container. */
  readonly explainedBy: readonly string[];
  /** Told only when it is asked for. */
  readonly isHygiene: boolean;
  /** How other public tools name the same check. */
  readonly sources: readonly string[];
}

/** The detections of one area, in the order of the catalogue. */
export interface DetectionArea {
  readonly area: string;
  readonly title: string;
  readonly detections: readonly Detection[];
}

/** Every detection, in the order of the catalogue. */
export function listDetections(analyzers: readonly Analyzer[] = ANALYZERS): readonly Detection[] {
  return analyzers.map((analyzer) => ({
    code: analyzer.code,
    area: areaOf(analyzer.code),
    title: analyzer.title,
    severity: analyzer.severity,
    tier: analyzer.tier,
    reads: analyzer.reads,
    helpedBy: analyzer.helpedBy ?? [],
    explainedBy: analyzer.explainedBy ?? [],
    isHygiene: analyzer.lint === true,
    sources: analyzer.sources ?? [],
  }));
}

/** The same by area; areas in the order in which the catalogue names them first. */
export function groupByArea(detections: readonly Detection[]): readonly DetectionArea[] {
  const areas = Map.groupBy(detections, ({ area }) => area);
  return [...areas].map(([area, within]) => ({ area, title: titleOfArea(area), detections: within }));
}
