import type { Evidence, ObjectRef, Proposal } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeEvent, observeField } from '../../evidence/observe.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { capitalise } from '../../wording.ts';
import { type Analyzer, defineAnalyzer } from '../define-analyzer.ts';
import { type Affected, groupByWorkload } from './affected-workload.ts';
import {
  type ConfigurationHit,
  checkReference,
  findUnconfigured,
  formatMissing,
  type MissingConfiguration,
} from './missing-configuration.ts';

export interface ConfigurationDefinition {
  readonly code: string;
  readonly title: string;
  readonly sources?: readonly string[];
  concerns(missing: MissingConfiguration | undefined): boolean;
}

/** An analyzer for one sort of configuration that keeps pods from starting. */
export function defineConfigurationAnalyzer(definition: ConfigurationDefinition): Analyzer {
  return defineAnalyzer({
    code: definition.code,
    title: definition.title,
    severity: 'critical',
    tier: 'pod',
    ...(definition.sources !== undefined && { sources: definition.sources }),
    reads: ['Pod'],
    helpedBy: ['Event', 'ConfigMap'],
    analyze: (index) => {
      const hits = findUnconfigured(index).filter((hit) => definition.concerns(hit.missing));
      return groupByWorkload(index, hits, keyOf).map((group) => describe(index, group));
    },
  });
}

function keyOf({ missing, witness }: ConfigurationHit): string {
  if (missing !== undefined) return formatMissing(missing);
  return witness.kind === 'container' ? witness.container : witness.event.reason;
}

function describe(index: SnapshotIndex, group: Affected<ConfigurationHit>) {
  const { pod, missing, witness } = group.hits[0];
  const words = toSingleLine(witness.kind === 'container' ? witness.message : witness.event.message, 160);
  const what =
    missing === undefined ? `configuration is refused: ${words}` : `${formatMissing(missing)} does not exist`;
  const listed = missing === undefined ? 'cannot_tell' : checkReference(index, pod.namespace, missing);
  return {
    subject: group.subject,
    summary: what,
    since: Math.min(...group.hits.map((hit) => hit.pod.createdAt)),
    evidence: group.hits.slice(0, 2).map((hit) => cite(index, hit)),
    related: [...group.related, ...configRef(pod.namespace, missing)],
    pods: group.pods,
    ...(missing === undefined ? {} : { sharedKey: `${pod.namespace}/${formatMissing(missing)}` }),
    explanation:
      missing === undefined
        ? `The kubelet refuses the configuration of ${group.share}: "${words}".`
        : `${capitalise(formatMissing(missing))} does not exist in namespace ${pod.namespace}, so ${group.share} cannot start.`,
    // Made since, the kubelet will pick it up at its next attempt.
    confidence: listed === 'present' ? ('medium' as const) : ('high' as const),
    remedies: missing === undefined ? [] : [remedy(missing)],
    templateMayCauseIt: true,
  };
}

function cite(index: SnapshotIndex, { pod, witness }: ConfigurationHit): Evidence {
  if (witness.kind === 'event') return observeEvent(witness.event, pod);
  const where = `status.containerStatuses[${witness.container}].state.waiting`;
  return observeField(pod, where, `CreateContainerConfigError: ${witness.message}`, index.takenAt);
}

function remedy(missing: MissingConfiguration): Proposal {
  const label =
    missing.key === undefined ? `Create ${formatMissing(missing)}` : `Add ${formatMissing(missing)}`;
  return {
    label,
    advice: `${label}, or correct the name in the pod template. Pods that wait start by themselves once it exists.`,
  };
}

function configRef(namespace: string, missing: MissingConfiguration | undefined): readonly ObjectRef[] {
  return missing?.kind === 'ConfigMap' ? [{ kind: 'ConfigMap', namespace, name: missing.name }] : [];
}
