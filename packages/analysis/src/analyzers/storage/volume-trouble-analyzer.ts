import type { Proposal } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeEvent } from '../../evidence/observe.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { type Analyzer, defineAnalyzer } from '../define-analyzer.ts';
import { type Affected, groupByWorkload } from '../pod/affected-workload.ts';
import { findVolumeTrouble, type VolumeHit, type VolumeTrouble } from './volume-trouble.ts';

interface VolumeTroubleDefinition {
  readonly code: string;
  readonly title: string;
  readonly trouble: VolumeTrouble;
  readonly sources: readonly string[];
  /** Begins the explanation, with the volume: "cannot be attached". */
  readonly verb: string;
  remedy(hit: VolumeHit): Proposal;
}

/** An analyzer for one way in which a volume stays away from pods that have found a node. */
export function defineVolumeTroubleAnalyzer(definition: VolumeTroubleDefinition): Analyzer {
  const { code, title, sources, trouble } = definition;
  return defineAnalyzer({
    code,
    title,
    severity: 'critical',
    tier: 'pod',
    reads: ['Pod', 'Event'],
    sources,
    analyze: (index) => {
      const hits = findVolumeTrouble(index).filter((hit) => hit.trouble === trouble);
      return groupByWorkload(index, hits, ({ volume }) => volume).map((group) =>
        describe(index, definition, group),
      );
    },
  });
}

function describe(
  index: SnapshotIndex,
  { verb, remedy }: VolumeTroubleDefinition,
  group: Affected<VolumeHit>,
) {
  const [hit] = group.hits;
  const name = hit.volume === '' ? 'A volume' : `Volume ${toSingleLine(hit.volume, 80)}`;
  const { namespace } = hit.pod;
  const claims = [...new Set(group.pods.flatMap((pod) => pod.claims))];
  return {
    subject: group.subject,
    summary: `${name.charAt(0).toLowerCase()}${name.slice(1)} ${verb}`,
    since: Math.min(...group.hits.map(({ event }) => event.firstSeen)),
    evidence: group.hits.slice(0, 2).map(({ event, pod }) => observeEvent(event, pod)),
    related: [
      ...group.related,
      ...claims.flatMap((claim) => {
        const ref = { kind: 'PersistentVolumeClaim' as const, namespace, name: claim };
        return index.find(ref) === undefined ? [] : [ref];
      }),
    ],
    pods: group.pods,
    ...(hit.volume !== '' && { sharedKey: hit.volume }),
    explanation: `${name} ${verb}, so ${group.share} cannot start: "${toSingleLine(hit.event.message, 200)}".`,
    confidence: 'high' as const,
    remedies: [remedy(hit)],
    templateMayCauseIt: hit.trouble === 'not_mounted',
  };
}
