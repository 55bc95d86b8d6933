import type { EventView, Evidence, PodView, Proposal, Severity } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeEvent, observeField } from '../../evidence/observe.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { capitalise, countOf } from '../../wording.ts';
import { type Analyzer, defineAnalyzer } from '../define-analyzer.ts';
import { type Affected, ago, groupByWorkload } from './affected-workload.ts';
import { hasLoopedSinceCreation } from './crash-history.ts';
import { type CrashHit, type ExitClass, findCrashing } from './crashing-container.ts';

export interface CrashDefinition {
  readonly code: string;
  readonly title: string;
  readonly sources?: readonly string[];
  readonly severity?: Severity;
  readonly exit: ExitClass;
  /** What the container does, after its name: "exits with code 1". */
  summary(hit: CrashHit): string;
  remedies(crash: Affected<CrashHit>): readonly Proposal[];
}

// More pods than these show the same thing again.
const CITED_PODS = 3;

/** An analyzer for one way in which containers keep ending. */
export function defineCrashAnalyzer(definition: CrashDefinition): Analyzer {
  return defineAnalyzer({
    code: definition.code,
    title: definition.title,
    severity: definition.severity ?? 'critical',
    tier: 'pod',
    ...(definition.sources !== undefined && { sources: definition.sources }),
    reads: ['Pod'],
    helpedBy: ['Event'],
    explainedBy: definition.exit === 'segfault' ? [] : ['CHK-POD-152', 'CHK-POD-153'],
    analyze: (index) => {
      const hits = findCrashing(index).filter((hit) => hit.exit === definition.exit);
      return groupByWorkload(index, hits, (hit) => hit.container.name).map((crash) =>
        describeCrash(index, definition, crash),
      );
    },
  });
}

function describeCrash(index: SnapshotIndex, definition: CrashDefinition, crash: Affected<CrashHit>) {
  const latest = crash.hits.reduce((a, b) => (b.termination.finishedAt > a.termination.finishedAt ? b : a));
  const restarts = crash.hits.reduce((sum, hit) => sum + hit.container.restartCount, 0);
  const what = `container ${latest.container.name} ${definition.summary(latest)}`;
  const last =
    latest.termination.message === ''
      ? ''
      : `; its last words are "${toSingleLine(latest.termination.message, 120)}"`;
  return {
    subject: crash.subject,
    summary: `${what} again and again`,
    since: crashingSince(index, crash),
    evidence: crash.hits.slice(0, CITED_PODS).flatMap((hit) => cite(index, hit)),
    related: crash.related,
    pods: crash.pods,
    container: latest.container.name,
    explanation: `${capitalise(what)} in ${crash.share}, ${countOf(restarts, 'restart')} so far, the last ${ago(index, latest.termination.finishedAt)}${last}.`,
    confidence: 'high' as const,
    remedies: definition.remedies(crash),
    templateMayCauseIt: true,
  };
}

/** Since when it crashes, as far back as the pod's own record goes. */
function crashingSince(index: SnapshotIndex, crash: Affected<CrashHit>): number {
  return Math.min(
    ...crash.hits.map(({ pod, container, termination }) => {
      if (hasLoopedSinceCreation(index.takenAt - pod.createdAt, container.restartCount)) return pod.createdAt;
      const ready = pod.conditions.find((entry) => entry.type === 'Ready' && entry.status !== 'True');
      const firstBackOff = findBackOff(index, pod)?.firstSeen ?? termination.finishedAt;
      return Math.min(ready?.since ?? termination.finishedAt, termination.finishedAt, firstBackOff);
    }),
  );
}

function findBackOff(index: SnapshotIndex, pod: PodView): EventView | undefined {
  return index
    .eventsOf(pod)
    .find((event) => event.reason === 'BackOff' && event.message.includes('restarting'));
}

function cite(index: SnapshotIndex, { pod, container, termination }: CrashHit): readonly Evidence[] {
  const field = container.state.kind === 'terminated' ? 'state' : 'lastState';
  const list = container.isInit ? 'initContainerStatuses' : 'containerStatuses';
  const end = `exit code ${termination.exitCode}, reason ${termination.reason}, ${countOf(container.restartCount, 'restart')}`;
  const words = termination.message === '' ? '' : `: ${termination.message}`;
  const backOff = findBackOff(index, pod);
  return [
    observeField(pod, `status.${list}[${container.name}].${field}`, `${end}${words}`, termination.finishedAt),
    ...(backOff === undefined ? [] : [observeEvent(backOff, pod)]),
  ];
}
