import type { KubeObject, OperationOf } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import { checkPlace } from '@jamie/policy';
import { nodesClosedBy, UNSCHEDULABLE } from '../planning/nodes-going.ts';
import { type CompileRefusal, draftOfWrite, refuseCompile, type StepDraft } from '../planning/step-draft.ts';
import type { Surroundings } from '../planning/surroundings.ts';
import { budgetWarnings } from './disruption-budgets.ts';
import { schedulableNodesLeft } from './node-facts.ts';
import { NOTHING_TO_EDIT, type OperationDefinition } from './operation-definition.ts';
import { controllerOf, hasEnded, isMirror, podGoes, podRef, takesPod, workloadOf } from './pod-facts.ts';
import { fieldsHold, touchesNoPod } from './workload-facts.ts';

/** More pods than the kubelet runs on one node by default (110); a plan beyond it could not be read. */
const MOST_PODS = 110;
const NO_WAY_BACK = 'A pod that is evicted cannot be brought back; its controller makes another, elsewhere.';

/**
 * Empties a node, as `kubectl drain --ignore-daemonsets` does: cordons it, then evicts its pods one by one, so that
 * disruption budgets have their say. What eviction would lose for good is a refusal that says what to do about it.
 */
export const drain: OperationDefinition<OperationOf<'drain'>> = {
  ...NOTHING_TO_EDIT,
  async compile({ target }, surroundings) {
    const node = await surroundings.get(target);
    const inTheWay = await otherDrain(target.name, surroundings);
    if (inTheWay !== undefined) return inTheWay;
    const left = await schedulableNodesLeft(surroundings, target.name);
    if (left.kind === 'refused') return left;
    const onNode = await surroundings.list('Pod', { fieldSelector: `spec.nodeName=${target.name}` });
    const pods = onNode.filter((pod) => mustMove(pod));
    const unsafe = refuseUnsafe(target.name, pods, surroundings.ownNamespace);
    if (unsafe !== undefined) return unsafe;
    const cordoned = readJsonPointer(node, UNSCHEDULABLE) === true;
    if (cordoned && pods.length === 0)
      return refuseCompile('no_change', `Node ${target.name} is cordoned and has no pod to evict.`);
    const steps = [
      ...(cordoned ? [] : [cordonDraft(target, node, surroundings)]),
      ...(await Promise.all(pods.map((pod) => evictDraft(pod, surroundings)))),
    ];
    const title = `Drain Node ${target.name} (${pods.length} ${pods.length === 1 ? 'pod' : 'pods'})`;
    const warnings = [...left.warnings, ...(await budgetWarnings(pods, surroundings))];
    return { kind: 'compiled', compiled: { title, steps, warnings, onPartialFailure: 'hold' } };
  },
};

/** DaemonSet pods come back at once, mirror pods are the kubelet's, and whatever is being deleted is on its way. */
function mustMove(pod: KubeObject): boolean {
  return (
    controllerOf(pod)?.kind !== 'DaemonSet' && !isMirror(pod) && pod.metadata.deletionTimestamp === undefined
  );
}

/** Another plan that empties or cordons another node and has not ended. */
async function otherDrain(
  node: string,
  { openPlans, planId }: Surroundings,
): Promise<CompileRefusal | undefined> {
  const other = (await openPlans()).find(
    ({ plan }) => plan.id !== planId && nodesClosedBy(plan).some((each) => each !== node),
  );
  if (other === undefined) return undefined;
  const message = `One node at a time: ${other.plan.id} (${other.plan.headline}) has not ended. Wait for it, or deny it.`;
  return refuseCompile('unsafe', message);
}

function refuseUnsafe(
  node: string,
  pods: readonly KubeObject[],
  ownNamespace: string,
): CompileRefusal | undefined {
  if (pods.length > MOST_PODS)
    return refuseCompile(
      'unsafe',
      `${pods.length} pods would have to move from ${node}; I evict at most ${MOST_PODS}.`,
    );
  const problems = pods.flatMap((pod) => whyNotEvict(pod, ownNamespace) ?? []);
  if (problems.length === 0) return undefined;
  const [shown, more] = [problems.slice(0, 10), Math.max(0, problems.length - 10)];
  const rest = more === 0 ? '' : ` And ${more} more.`;
  return refuseCompile('unsafe', `I can't drain ${node}. ${shown.join(' ')}${rest} ${node} stays as it is.`);
}

function whyNotEvict(pod: KubeObject, ownNamespace: string): string | undefined {
  const ref = podRef(pod);
  const named = `Pod ${ref.namespace}/${ref.name}`;
  if (checkPlace(ref, ownNamespace).kind === 'deny')
    return `${named} is in a namespace that I can't touch: a platform admin has to move it.`;
  if (hasEnded(pod)) return undefined;
  if (controllerOf(pod) === undefined)
    return `${named} has no controller, so nobody would make it again: delete it by name if it may go.`;
  const volumes = readJsonPointer(pod, '/spec/volumes');
  const local = Array.isArray(volumes)
    ? (volumes as readonly Readonly<Record<string, unknown>>[]).find((each) => each['emptyDir'] !== undefined)
    : undefined;
  return local === undefined
    ? undefined
    : `${named} keeps data in emptyDir ${String(local['name'])}, which is lost: delete the pod by name if that may be.`;
}

function cordonDraft(
  target: OperationOf<'drain'>['target'],
  node: KubeObject,
  { timing }: Surroundings,
): StepDraft {
  const write = {
    target,
    summary: `Cordon Node ${target.name}`,
    values: { [UNSCHEDULABLE]: true },
    alsoPinned: [],
  };
  return draftOfWrite(node, write, touchesNoPod('drain', target), fieldsHold(target, timing));
}

async function evictDraft(pod: KubeObject, surroundings: Surroundings): Promise<StepDraft> {
  const target = podRef(pod);
  const workload = await workloadOf(pod, surroundings);
  return {
    summary: `Evict Pod ${target.namespace}/${target.name}`,
    target,
    before: pod,
    request: { verb: 'evict', target, uid: pod.metadata.uid },
    pinned: ['/spec/nodeName'],
    written: [],
    measure: () => takesPod('drain', pod, workload),
    conditions: podGoes(pod, workload, surroundings.timing.verifyWithinMs),
    wayBack: { kind: 'none', why: NO_WAY_BACK },
  };
}
