import { reconcileBudgets } from '../controllers/disruption.ts';
import { deletePod } from '../controllers/pod-creation.ts';
import type { World } from '../controllers/world.ts';
import type { Pod, PodDisruptionBudget } from '../objects.ts';
import type { Reply, ResourceRequest } from './api-request.ts';
import { parseBody, parseDryRun, replyJson, replyStatus } from './api-request.ts';
import { matchesLabelSelector } from './label-selector.ts';
import { methodNotAllowed, notFound, preconditionFailed, success, tooManyRequests } from './status.ts';

interface Eviction {
  readonly deleteOptions?: {
    readonly gracePeriodSeconds?: number;
    readonly dryRun?: readonly string[];
    readonly preconditions?: { readonly uid?: string };
  };
}

/** Deletes a pod unless a PodDisruptionBudget forbids it just now: then 429. */
export function answerEviction(world: World, request: ResourceRequest): Reply {
  const { target } = request;
  if (target.verb !== 'create') return replyStatus(methodNotAllowed());
  const dryRun = parseDryRun(request.query, 'CreateOptions');
  if (dryRun.kind === 'refused') return replyStatus(dryRun.status);
  const body = parseBody(request, 'Eviction');
  if (body.kind === 'refused') return replyStatus(body.status);
  const { deleteOptions = {} } = body.value as Eviction;
  const pod = world.store.get('pods', target.namespace, target.name) as Pod | undefined;
  if (pod === undefined) return replyStatus(notFound(target.resource, target.name));
  const uid = deleteOptions.preconditions?.uid;
  if (uid !== undefined && uid !== pod.metadata.uid) {
    const why = `the UID in the precondition (${uid}) does not match the UID in record (${pod.metadata.uid}). The object might have been deleted and then recreated`;
    return replyStatus(preconditionFailed(target.resource, target.name, why));
  }
  const budget = blockingBudget(world, pod);
  if (budget !== undefined) return replyStatus(refusalOf(budget));
  if (!dryRun.value && deleteOptions.dryRun?.includes('All') !== true) {
    deletePod(world, pod, deleteOptions.gracePeriodSeconds);
    // The next eviction must already know that this pod is going.
    reconcileBudgets(world, target.namespace);
  }
  const { kind: _kind, apiVersion: _version, ...status } = success({});
  return replyJson(
    { kind: 'Status', apiVersion: 'v1', metadata: status.metadata, status: 'Success', code: 201 },
    201,
  );
}

function blockingBudget(world: World, pod: Pod): PodDisruptionBudget | undefined {
  const isRunning = pod.status.phase === 'Running' && pod.metadata.deletionTimestamp === undefined;
  if (!isRunning) return undefined;
  const budgets = world.store.list(
    'poddisruptionbudgets',
    pod.metadata.namespace,
  ) as readonly PodDisruptionBudget[];
  return budgets.find(
    (budget) =>
      matchesLabelSelector(budget.spec.selector ?? {}, pod.metadata.labels) &&
      Number(budget.status['disruptionsAllowed'] ?? 0) <= 0,
  );
}

function refusalOf(budget: PodDisruptionBudget): ReturnType<typeof tooManyRequests> {
  const { name } = budget.metadata;
  const { desiredHealthy = 0, currentHealthy = 0 } = budget.status;
  const message = `The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`;
  return tooManyRequests("Cannot evict pod as it would violate the pod's disruption budget.", {
    causes: [{ reason: 'DisruptionBudget', message }],
  });
}
