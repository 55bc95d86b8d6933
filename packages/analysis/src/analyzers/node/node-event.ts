import type { EventView, NodeView, Severity } from '@jamie/core';
import { observeEvent } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { countOf } from '../../wording.ts';
import { type Analyzer, defineAnalyzer } from '../define-analyzer.ts';

export interface NodeEventDefinition {
  readonly code: string;
  readonly title: string;
  readonly severity: Severity;
  readonly sources: readonly string[];
  readonly lint?: boolean;
  /** The reasons of events about the node. */
  readonly reasons: readonly string[];
  /** What the message has to say besides. */
  readonly words?: RegExp;
  /** How old its last sighting may be. */
  readonly withinMs: number;
  /** How often it has to have been seen. Default: once. */
  readonly atLeast?: number;
  readonly summary: string;
  /** One sentence about the node of this name. */
  explain(nodeName: string, seen: string): string;
  readonly label: string;
  readonly advice: string;
}

/** An analyzer for something that only the events of a node tell. */
export function defineNodeEventAnalyzer(definition: NodeEventDefinition): Analyzer {
  return defineAnalyzer({
    code: definition.code,
    title: definition.title,
    severity: definition.severity,
    tier: 'node',
    standsAlone: true,
    reads: ['Node', 'Event'],
    sources: definition.sources,
    ...(definition.lint === true && { lint: true }),
    analyze: (index) => index.nodes.flatMap((node) => describe(index, node, definition)),
  });
}

function describe(index: SnapshotIndex, node: NodeView, definition: NodeEventDefinition) {
  const events = index.eventsOf(node).filter((event) => isMeant(index, event, definition));
  const [newest] = events;
  if (newest === undefined) return [];
  const count = events.reduce((sum, event) => sum + Math.max(1, event.count), 0);
  if (count < (definition.atLeast ?? 1)) return [];
  return [
    {
      subject: refOf(node),
      summary: definition.summary,
      since: Math.min(...events.map((event) => event.firstSeen)),
      evidence: events.slice(0, 2).map((event) => observeEvent(event, node)),
      related: [],
      pods: [],
      explanation: definition.explain(node.name, countOf(count, 'time')),
      confidence: 'medium' as const,
      remedies: [{ label: definition.label, advice: definition.advice }],
      templateMayCauseIt: false,
    },
  ];
}

function isMeant(
  index: SnapshotIndex,
  { reason, message, lastSeen }: EventView,
  { reasons, words, withinMs }: NodeEventDefinition,
): boolean {
  if (!reasons.includes(reason) || !(index.takenAt - lastSeen <= withinMs)) return false;
  return words === undefined || words.test(message);
}
