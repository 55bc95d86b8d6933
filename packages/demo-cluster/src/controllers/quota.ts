import type { Container, Pod, ResourceQuota } from '../objects.ts';
import { formatQuantity, parseQuantity } from '../quantity.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { type World, writeStatus } from './world.ts';

/** Why a quota refuses the pod, in the admission plugin's words, or undefined when it fits. */
export function admitPod(store: ObjectStore, pod: Pod): string | undefined {
  const namespace = pod.metadata.namespace ?? '';
  for (const object of store.list('resourcequotas', namespace)) {
    const quota = object as ResourceQuota;
    const hard = quota.spec.hard;
    const missing = missingResources(pod, hard);
    if (missing !== '') return `failed quota: ${quota.metadata.name}: must specify ${missing}`;
    const used = usageOf(store, namespace, hard);
    const wanted = podUsage(pod, hard);
    const over = Object.keys(hard).filter(
      (name) =>
        (wanted[name] ?? 0) > 0 &&
        (used[name] ?? 0) + (wanted[name] ?? 0) > parseQuantity(hard[name] ?? '0') + 1e-9,
    );
    if (over.length > 0) return exceeded(quota, over, wanted, used);
  }
  return undefined;
}

/** Keeps the quotas' `used` true. */
export function reconcileQuotas(world: World, namespace: string): void {
  for (const object of world.store.list('resourcequotas', namespace)) {
    const quota = object as ResourceQuota;
    const used = usageOf(world.store, namespace, quota.spec.hard);
    const written = Object.fromEntries(
      Object.keys(quota.spec.hard).map((name) => [name, formatQuantity(name, used[name] ?? 0)]),
    );
    writeStatus(world, quota, { hard: quota.spec.hard, used: written });
  }
}

type Amounts = Readonly<Record<string, number>>;
type Hard = ResourceQuota['spec']['hard'];

function exceeded(quota: ResourceQuota, over: readonly string[], wanted: Amounts, used: Amounts): string {
  const list = (amounts: Amounts): string =>
    over.map((name) => `${name}=${formatQuantity(name, amounts[name] ?? 0)}`).join(',');
  const limits = over.map((name) => `${name}=${quota.spec.hard[name] ?? '0'}`).join(',');
  return `exceeded quota: ${quota.metadata.name}, requested: ${list(wanted)}, used: ${list(used)}, limited: ${limits}`;
}

function usageOf(store: ObjectStore, namespace: string, hard: Hard): Amounts {
  const total: Record<string, number> = {};
  for (const object of store.values('pods')) {
    const pod = object as Pod;
    const isDone = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
    if (pod.metadata.namespace !== namespace || isDone) continue;
    for (const [name, amount] of Object.entries(podUsage(pod, hard))) {
      total[name] = (total[name] ?? 0) + amount;
    }
  }
  return total;
}

function podUsage(pod: Pod, hard: Hard): Amounts {
  return Object.fromEntries(
    Object.keys(hard).map((name) => {
      if (name === 'pods' || name === 'count/pods') return [name, 1];
      const amounts = pod.spec.containers.map((container) => parseQuantity(amountOf(container, name) ?? '0'));
      return [name, amounts.reduce((sum, amount) => sum + amount, 0)];
    }),
  );
}

function missingResources(pod: Pod, hard: Hard): string {
  return Object.keys(hard)
    .flatMap((name) => {
      if (!/^(requests\.|limits\.)?(cpu|memory)$/.test(name)) return [];
      const lacking = pod.spec.containers.filter((container) => amountOf(container, name) === undefined);
      return lacking.length === 0 ? [] : [`${name} for: ${lacking.map((item) => item.name).join(',')}`];
    })
    .join('; ');
}

function amountOf(container: Container, name: string): string | undefined {
  const [part, resource] = name.includes('.') ? name.split('.') : ['requests', name];
  const limits = container.resources?.limits?.[resource ?? ''];
  if (part === 'limits') return limits;
  return container.resources?.requests?.[resource ?? ''] ?? limits;
}
