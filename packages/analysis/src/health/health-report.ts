import type { Cause, ClusterSnapshot, Diagnosis, Kind, SnapshotKind } from '@jamie/core';
import { diagnose } from '../diagnose.ts';
import { countOf, shortName } from '../wording.ts';

/** How many objects of a kind there are and how many of them stand in a finding. */
export interface KindCount {
  readonly kind: SnapshotKind;
  readonly total: number;
  readonly unhealthy: number;
}

export interface HealthReport {
  /** The causes, worst first, and what could not be checked. */
  readonly diagnosis: Diagnosis;
  /** 0 to 100; absent where too little could be read for any number to be honest. */
  readonly score?: number;
  /** What costs points and how many; or why there is no score. */
  readonly reasons: readonly string[];
  readonly counts: readonly KindCount[];
}

const COUNTED: readonly SnapshotKind[] = ['Node', 'Deployment', 'StatefulSet', 'DaemonSet', 'Pod', 'Service'];

/**
 * Ours: a critical cause costs 20 points and a Service that it takes away 5 more, a warning costs 5. Causes are
 * counted once however many objects they touch, so that the number follows what has to be mended.
 */
const POINTS = { critical: 20, warning: 5, info: 0, lostService: 5 } as const;

/** The health of a cluster or of one namespace: a score with its reasons, and the causes. Pure, never throws. */
export function healthReport(snapshot: ClusterSnapshot, namespace?: string): HealthReport {
  const scope =
    namespace === undefined ? ({ kind: 'cluster' } as const) : ({ kind: 'namespace', namespace } as const);
  const diagnosis = diagnose(snapshot, scope);
  const counts = countKinds(snapshot, namespace, diagnosis.causes);
  const obstacle = obstacleTo(snapshot, diagnosis);
  if (obstacle !== undefined) return { diagnosis, reasons: [obstacle], counts };
  const deductions = diagnosis.causes.map(deduct).filter((deduction) => deduction.points > 0);
  const lost = deductions.reduce((sum, deduction) => sum + deduction.points, 0);
  const reasons = deductions.map(({ points, reason }) => `−${points}: ${reason}`);
  return { diagnosis, score: Math.max(0, 100 - lost), reasons, counts };
}

interface Deduction {
  readonly points: number;
  readonly reason: string;
}

/** Why a number would claim more than was seen. */
function obstacleTo(snapshot: ClusterSnapshot, diagnosis: Diagnosis): string | undefined {
  const pods = snapshot.unread.find((entry) => entry.kind === 'Pod');
  if (pods !== undefined) return `no score: Pods could not be read (${pods.message})`;
  if (diagnosis.verdict !== 'cannot_tell') return undefined;
  return `no score: ${diagnosis.unchecked[0]?.why ?? 'not everything could be read'}`;
}

function deduct({ root, consequences }: Cause): Deduction {
  const services = new Set(
    consequences.flatMap(({ subject }) => (subject.kind === 'Service' ? [shortName(subject)] : [])),
  );
  const points = POINTS[root.severity] + services.size * POINTS.lostService;
  const lost = services.size === 0 ? '' : `, ${countOf(services.size, 'Service')} lost`;
  return { points, reason: `${shortName(root.subject)}: ${root.summary}${lost}` };
}

function countKinds(
  snapshot: ClusterSnapshot,
  namespace: string | undefined,
  causes: readonly Cause[],
): readonly KindCount[] {
  const faulty = new Set<string>();
  for (const cause of causes) {
    for (const finding of [cause.root, ...cause.consequences]) {
      for (const ref of [finding.subject, ...finding.related])
        faulty.add(keyOf(ref.kind, ref.namespace ?? '', ref.name));
    }
  }
  return COUNTED.filter((kind) => namespace === undefined || kind !== 'Node').map((kind) => {
    const views = snapshot.objects[kind].filter(
      (view) => namespace === undefined || view.namespace === namespace,
    );
    const bad = views.filter((view) => faulty.has(keyOf(kind, view.namespace, view.name)));
    return { kind, total: views.length, unhealthy: bad.length };
  });
}

function keyOf(kind: Kind, namespace: string, name: string): string {
  return `${kind} ${namespace}/${name}`;
}
