import type { EventView, NodeView, PodView } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeEvent } from '../../evidence/observe.ts';
import { isPodReady } from '../../snapshot/conditions.ts';
import { recentEvents } from '../../snapshot/events-by-reason.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { RECENT_MS } from '../../thresholds.ts';
import { countOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

// kubernetes/kubernetes, pkg/volume/csi: "driver name X not found in the list of registered CSI drivers".
const UNREGISTERED = /driver name (\S{1,253}) not found in the list of registered CSI drivers/;

interface Unregistered {
  readonly node: NodeView;
  readonly driver: string;
  readonly hits: [Hit, ...Hit[]];
}

interface Hit {
  readonly pod: PodView;
  readonly event: EventView;
}

/** CHK-NODE-509: a node has no driver for the volumes of its pods. */
export const storageDriverMissing = defineAnalyzer({
  code: 'CHK-NODE-509',
  title: 'node on which a storage driver is not registered',
  severity: 'critical',
  tier: 'node',
  reads: ['Node', 'Pod', 'Event'],
  sources: ['Robusta NodeHealthWarning', 'Robusta VolumeWarning'],
  analyze: (index) => findUnregistered(index).map((found) => describe(index, found)),
});

function findUnregistered(index: SnapshotIndex): readonly Unregistered[] {
  const nodes = new Map(index.nodes.map((node) => [node.name, node]));
  const found = new Map<string, Unregistered>();
  for (const event of recentEvents(index, 'FailedMount', RECENT_MS)) {
    const driver = UNREGISTERED.exec(event.message)?.[1];
    const pod = driver === undefined ? undefined : livePod(index, event);
    const node = pod === undefined ? undefined : nodes.get(pod.nodeName);
    if (driver === undefined || pod === undefined || node === undefined) continue;
    const key = `${node.name}\n${driver}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { node, driver, hits: [{ pod, event }] });
    else if (!known.hits.some((hit) => hit.pod === pod)) known.hits.push({ pod, event });
  }
  return [...found.values()];
}

/** The pod of an event, while it still waits. */
function livePod(index: SnapshotIndex, { involved }: EventView): PodView | undefined {
  const view = index.find({ kind: 'Pod', namespace: involved.namespace, name: involved.name });
  if (view?.kind !== 'Pod' || view.uid !== involved.uid || view.deletingSince !== undefined) return undefined;
  // The kind field decides the view's type.
  const pod = view as PodView;
  return isPodReady(pod) ? undefined : pod;
}

function describe(index: SnapshotIndex, { node, driver, hits }: Unregistered) {
  const pods = hits.map(({ pod }) => pod);
  const [first] = hits;
  const name = toSingleLine(driver, 100);
  const workloads = new Set(pods.flatMap((pod) => index.workloadOf(pod) ?? []));
  return {
    subject: refOf(node),
    summary: `has no storage driver ${name}`,
    since: Math.min(...hits.map(({ event }) => event.firstSeen)),
    evidence: [observeEvent(first.event, first.pod)],
    related: [...[...workloads].map(refOf), ...pods.map(refOf)],
    pods,
    explanation: `The storage driver ${name} is not registered on node ${node.name}: ${countOf(pods.length, 'pod')} there cannot mount ${pods.length === 1 ? 'its' : 'their'} volumes.`,
    confidence: 'high' as const,
    remedies: [
      {
        label: `Run ${name} on the node`,
        advice: `Look at the DaemonSet of the driver: its pod on ${node.name} is missing, fails, or does not tolerate the taints of the node.`,
      },
    ],
    templateMayCauseIt: false,
  };
}
