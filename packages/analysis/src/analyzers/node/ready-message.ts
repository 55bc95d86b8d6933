import type { NodeView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import { failingPodsOn } from '../../snapshot/pods-by-node.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { READY_GRACE_MS } from '../../thresholds.ts';
import { countOf, formatDuration } from '../../wording.ts';
import { type Analyzer, defineAnalyzer } from '../define-analyzer.ts';
import { keepPodsAway } from './keep-pods-away.ts';

export interface ReadyMessageDefinition {
  readonly code: string;
  readonly title: string;
  readonly sources: readonly string[];
  /** The kubelet's own words for it, in the message of its Ready condition. */
  readonly words: RegExp;
  /** What is broken on the node, as the subject of a sentence. */
  readonly broken: string;
  readonly label: string;
  readonly advice: string;
}

/** An analyzer for one thing for which a kubelet says that its node is not ready. */
export function defineReadyMessageAnalyzer(definition: ReadyMessageDefinition): Analyzer {
  return defineAnalyzer({
    code: definition.code,
    title: definition.title,
    severity: 'critical',
    tier: 'node',
    reads: ['Node'],
    helpedBy: ['Pod'],
    sources: definition.sources,
    analyze: (index) => index.nodes.flatMap((node) => describe(index, node, definition)),
  });
}

function describe(index: SnapshotIndex, node: NodeView, definition: ReadyMessageDefinition) {
  const ready = findCondition(node, 'Ready');
  if (ready?.status !== 'False' || !definition.words.test(ready.message)) return [];
  if (index.takenAt - ready.since < READY_GRACE_MS || node.deletingSince !== undefined) return [];
  const pods = failingPodsOn(index, node);
  return [
    {
      subject: refOf(node),
      summary: `is not ready: ${definition.broken} does not work`,
      since: ready.since,
      evidence: [
        observeField(
          node,
          'status.conditions[Ready]',
          `False, ${ready.reason}: ${ready.message}`,
          index.takenAt,
        ),
      ],
      related: pods.map(refOf),
      pods,
      explanation: `${definition.broken} of node ${node.name} has not worked for ${formatDuration(index.takenAt - ready.since)}, so the node takes no pods; ${countOf(pods.length, 'pod')} on it ${pods.length === 1 ? 'is' : 'are'} not ready.`,
      confidence: 'high' as const,
      remedies: [...keepPodsAway(node), { label: definition.label, advice: definition.advice }],
      templateMayCauseIt: false,
    },
  ];
}
