import type { AnyView } from '@jamie/testing';
import { aSnapshot } from '@jamie/testing';
import { buildSnapshotIndex } from '../snapshot/snapshot-index.ts';
import type { Analyzer } from './define-analyzer.ts';
import type { Fault } from './fault.ts';

/** What one analyzer says about these objects. */
export function observationsOf(analyzer: Analyzer, ...views: readonly AnyView[]): readonly Fault[] {
  return analyzer.analyze(buildSnapshotIndex(aSnapshot().with(views).build()));
}

/** The subjects that one analyzer names: `Deployment checkout`. */
export function subjectsOf(analyzer: Analyzer, ...views: readonly AnyView[]): readonly string[] {
  return observationsOf(analyzer, ...views).map(({ subject }) => `${subject.kind} ${subject.name}`);
}
