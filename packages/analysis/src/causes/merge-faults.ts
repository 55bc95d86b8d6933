import { formatObjectRef, type ObjectRef } from '@jamie/core';
import { type Fault, TIERS } from '../analyzers/fault.ts';
import { refOf } from '../snapshot/ref-of.ts';
import { compareFaults } from './compare-faults.ts';

/** A fault that nothing else explains, and those that it explains. */
export interface CauseGroup {
  readonly root: Fault;
  readonly consequences: readonly Fault[];
}

/**
 * Merges faults into one group per true cause. Each fault looks for the fault that explains it best: one of the
 * same container that is known to bring it about, or one nearer to the source that shares its workload or pods.
 * A fault that pods elsewhere blame in their own words explains theirs. What is left without an explanation is a root. Faults that name the same missing or broken thing are one cause.
 */
export function mergeFaults(faults: readonly Fault[]): readonly CauseGroup[] {
  const ordered = [...faults].sort(compareFaults);
  const byKey = indexByKey(ordered);
  const shared = new Map<string, Fault>();
  const rootOf = new Map<Fault, Fault>();
  const groups = new Map<Fault, Fault[]>();
  const explainers = new Map(ordered.map((fault) => [fault, findExplainer(fault, byKey)]));
  for (const fault of ordered) {
    const source = followUp(fault, explainers);
    const key = source.sharedKey === undefined ? undefined : `${source.code}\n${source.sharedKey}`;
    const root = key === undefined ? source : (shared.get(key) ?? source);
    if (key !== undefined) shared.set(key, root);
    rootOf.set(fault, root);
  }
  for (const [fault, root] of rootOf) {
    const members = groups.get(root) ?? [];
    groups.set(root, fault === root ? members : [...members, fault]);
  }
  return [...groups].map(([root, consequences]) => ({ root, consequences }));
}

function findExplainer(fault: Fault, byKey: ReadonlyMap<string, readonly Fault[]>): Fault | undefined {
  const candidates = new Set(keysOf(fault).flatMap((key) => byKey.get(key) ?? []));
  let best: { readonly fault: Fault; readonly overlap: number } | undefined;
  for (const candidate of candidates) {
    if (!explains(candidate, fault)) continue;
    const overlap = podOverlap(candidate, fault);
    if (
      best === undefined ||
      overlap > best.overlap ||
      (overlap === best.overlap && compareFaults(candidate, best.fault) < 0)
    ) {
      best = { fault: candidate, overlap };
    }
  }
  return best?.fault;
}

function explains(candidate: Fault, fault: Fault): boolean {
  if (isVictim(fault, candidate) || isBlamed(fault, candidate)) return true;
  const distance = TIERS.indexOf(fault.tier) - TIERS.indexOf(candidate.tier);
  if (distance !== 0 && (fault.standsAlone || candidate.standsAlone)) return false;
  if (distance === 0 && fault.explainedBy.includes(candidate.code) && isSameContainer(candidate, fault))
    return true;
  if (fault.standsOn !== undefined) return distance >= 0 && isNeeded(fault.standsOn, candidate);
  if (distance <= 0) return false;
  if (candidate.tier === 'node' && fault.tier === 'pod') {
    // A node explains the faults of its own pods, not those of siblings that run elsewhere.
    return namesSubject(fault, candidate) || (fault.pods.length > 0 && isSubset(fault, candidate));
  }
  return true;
}

function isVictim(fault: Fault, candidate: Fault): boolean {
  if (candidate.victims === undefined || fault.tier !== 'pod' || fault.standsAlone) return false;
  const victims = new Set(candidate.victims);
  return fault.pods.length > 0 && fault.pods.every((pod) => victims.has(pod));
}

function isBlamed({ blames = [] }: Fault, { subject, standsAlone }: Fault): boolean {
  return !standsAlone && blames.some((ref) => sameRef(ref, subject));
}

function isNeeded(needed: readonly ObjectRef[], candidate: Fault): boolean {
  const broken = [candidate.subject, ...candidate.pods.map(refOf)];
  return needed.some((ref) => broken.some((other) => sameRef(ref, other)));
}

function isSameContainer(candidate: Fault, fault: Fault): boolean {
  return sameRef(candidate.subject, fault.subject) && candidate.container === fault.container;
}

function namesSubject(fault: Fault, candidate: Fault): boolean {
  return fault.related.some((ref) => sameRef(ref, candidate.subject));
}

function isSubset(fault: Fault, candidate: Fault): boolean {
  return podOverlap(candidate, fault) === fault.pods.length;
}

function podOverlap(candidate: Fault, fault: Fault): number {
  const pods = new Set(candidate.pods);
  return fault.pods.filter((pod) => pods.has(pod)).length;
}

/**
 * Tiers only descend, and the catalogue's own explanations are checked by a test; only victims and blame close
 * a circle, such as a webhook that refuses its own pods, and it has one head wherever the search begins.
 */
function followUp(fault: Fault, explainers: ReadonlyMap<Fault, Fault | undefined>): Fault {
  const passed = new Set([fault]);
  let source = fault;
  for (let next = explainers.get(source); next !== undefined; next = explainers.get(source)) {
    if (passed.has(next)) return headOfCircle(next, explainers);
    passed.add(next);
    source = next;
  }
  return source;
}

/** The latest tier of a circle: what is explained against the usual order is explained by it. */
function headOfCircle(first: Fault, explainers: ReadonlyMap<Fault, Fault | undefined>): Fault {
  const circle = [first];
  for (let next = explainers.get(first); next !== undefined && next !== first; next = explainers.get(next))
    circle.push(next);
  const [head = first] = circle.sort(
    (left, right) => TIERS.indexOf(right.tier) - TIERS.indexOf(left.tier) || compareFaults(left, right),
  );
  return head;
}

function indexByKey(faults: readonly Fault[]): ReadonlyMap<string, readonly Fault[]> {
  const byKey = new Map<string, Fault[]>();
  for (const fault of faults) {
    const victims = (fault.victims ?? []).map((pod) => formatObjectRef(refOf(pod)));
    for (const key of new Set([...keysOf(fault), ...victims])) {
      const list = byKey.get(key);
      if (list === undefined) byKey.set(key, [fault]);
      else list.push(fault);
    }
  }
  return byKey;
}

/** The objects by which a fault can be tied to others. */
function keysOf(fault: Fault): readonly string[] {
  const refs: readonly ObjectRef[] = [
    fault.subject,
    ...fault.related,
    ...fault.pods.map(refOf),
    ...(fault.blames ?? []),
    ...(fault.standsOn ?? []),
  ];
  return [...new Set(refs.map(formatObjectRef))];
}

function sameRef(left: ObjectRef, right: ObjectRef): boolean {
  return left.kind === right.kind && left.namespace === right.namespace && left.name === right.name;
}
