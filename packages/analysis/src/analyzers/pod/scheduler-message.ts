/** What keeps a pod off some nodes. */
export type Obstacle = 'capacity' | 'apart' | 'spread' | 'selector' | 'taint' | 'cordoned' | 'other';

/** One reason of the scheduler and how many nodes it rules out. */
interface SchedulerReason {
  readonly nodes: number;
  readonly text: string;
  readonly obstacle: Obstacle;
}

export interface SchedulerMessage {
  /** Nodes that the scheduler looked at; undefined when the message does not say. */
  readonly totalNodes: number | undefined;
  readonly reasons: readonly SchedulerReason[];
  /** What decides: capacity before all, since nodes that are merely full would otherwise do; then the most nodes. */
  readonly obstacle: Obstacle;
}

const TOTAL = /\b0\/(\d{1,6}) nodes are available/;
const REASON = /^(\d{1,6}) (.{1,300})$/;
const OBSTACLES: readonly (readonly [Obstacle, RegExp])[] = [
  ['capacity', /^(?:Insufficient |Too many pods)/i],
  ['cordoned', /\bunschedulable\b/i],
  ['taint', /taint/i],
  ['apart', /didn't match pod anti-affinity|didn't satisfy existing pods anti-affinity/i],
  ['spread', /topology spread/i],
  ['selector', /(?:node affinity|node selector|nodeaffinity|affinity\/selector|didn't match pod affinity)/i],
];

/**
 * Reads the kube-scheduler's message, for example
 * `0/3 nodes are available: 1 node(s) had untolerated taint {a: b}, 2 Insufficient cpu. preemption: …`.
 */
export function parseSchedulerMessage(message: string): SchedulerMessage {
  const total = TOTAL.exec(message)?.[1];
  const body = message.split(/\. preemption:/)[0] ?? message;
  const list = body.slice(body.indexOf(':') + 1);
  const reasons = list
    .split(/,(?![^{]*\})|;/)
    .map((part) => REASON.exec(part.trim().replace(/\.$/, '')))
    .flatMap((match) =>
      match?.[2] === undefined
        ? []
        : [{ nodes: Number(match[1]), text: match[2], obstacle: obstacleOf(match[2]) }],
    );
  return {
    totalNodes: total === undefined ? undefined : Number(total),
    reasons,
    obstacle: decisive(reasons),
  };
}

function obstacleOf(text: string): Obstacle {
  return OBSTACLES.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
}

function decisive(reasons: readonly SchedulerReason[]): Obstacle {
  if (reasons.some((reason) => reason.obstacle === 'capacity')) return 'capacity';
  const counts = new Map<Obstacle, number>();
  for (const { obstacle, nodes } of reasons) counts.set(obstacle, (counts.get(obstacle) ?? 0) + nodes);
  // Of as many nodes, those that only other pods keep out would otherwise do.
  const order: readonly Obstacle[] = ['apart', 'spread', 'selector', 'taint', 'cordoned', 'other'];
  return order.reduce(
    (best, next) => ((counts.get(next) ?? 0) > (counts.get(best) ?? 0) ? next : best),
    reasons.length === 0 ? 'other' : 'apart',
  );
}
