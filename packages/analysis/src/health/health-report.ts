import type { Cause, ClusterSnapshot, Diagnosis, Kind } from '@jamie/core';
import { diagnose } from '../diagnose.ts';
import { countOf, shortName } from '../wording.ts';

/** Points taken off the full score, and for what. */
export interface Deduction {
  readonly points: number;
  readonly reason: string;
}

/** 0 to 100, or the reason why no number would be honest. */
export type HealthScore =
  | { readonly kind: 'scored'; readonly points: number; readonly deductions: readonly Deduction[] }
  | { readonly kind: 'cannot_tell'; readonly reason: string };

/** How many objects of a kind there are and how many stand in a finding. */
export interface KindCount {
  readonly kind: Kind;
  readonly total: number;
  readonly faulty: number;
}

export interface HealthReport {
  readonly cluster: string;
  readonly namespace?: string;
  readonly verdict: Diagnosis['verdict'];
  readonly score: HealthScore;
  readonly counts: readonly KindCount[];
  /** Worst first. */
  readonly causes: readonly Cause[];
  readonly unchecked: Diagnosis['unchecked'];
  readonly takenAt: number;
  readonly stalenessMs: number;
}

const COUNTED: readonly Kind[] = ['Node', 'Deployment', 'StatefulSet', 'DaemonSet', 'Pod', 'Service'];

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
  return {
    cluster: snapshot.cluster,
    ...(namespace === undefined ? {} : { namespace }),
    verdict: diagnosis.verdict,
    score: scoreOf(snapshot, diagnosis),
    counts: countKinds(snapshot, namespace, diagnosis.causes),
    causes: diagnosis.causes,
    unchecked: diagnosis.unchecked,
    takenAt: snapshot.takenAt,
    stalenessMs: snapshot.stalenessMs,
  };
}

function scoreOf(snapshot: ClusterSnapshot, diagnosis: Diagnosis): HealthScore {
  const pods = snapshot.unread.find((entry) => entry.kind === 'Pod');
  if (pods !== undefined) return { kind: 'cannot_tell', reason: `Pods could not be read: ${pods.message}` };
  if (diagnosis.verdict === 'cannot_tell') {
    const [first] = diagnosis.unchecked;
    return { kind: 'cannot_tell', reason: first === undefined ? 'not everything could be read' : first.why };
  }
  const deductions = diagnosis.causes.map(deduct).filter((deduction) => deduction.points > 0);
  const lost = deductions.reduce((sum, deduction) => sum + deduction.points, 0);
  return { kind: 'scored', points: Math.max(0, 100 - lost), deductions };
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
    return { kind, total: views.length, faulty: bad.length };
  });
}

function keyOf(kind: Kind, namespace: string, name: string): string {
  return `${kind} ${namespace}/${name}`;
}
