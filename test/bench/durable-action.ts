import type {
  AuditEntry,
  IntentId,
  JobProcessor,
  JobQueue,
  PlanId,
  Request,
  RequestId,
  Store,
  StoreChange,
} from '@jamie/core';
import { createJobCatalog, createOutboxRelay, JOB_CATALOG, type JobDefinition } from '@jamie/jobs';
import { systemClock } from '@jamie/runtime';
import { anIntent, aRequest, RecordingLogger } from '@jamie/testing';
import type { Side } from './compare-sides.ts';

/** The only job that these actions need. */
export const ACTION_CATALOG = createJobCatalog([JOB_CATALOG.get('requests.handle') as JobDefinition]);

/**
 * Durable actions over a store and a queue: a request known again, outbox, queue, lease, intent, outcome and audit, in
 * three commits. `close` ends what the queue and the store stand on.
 */
export function openDurableActions(store: Store, queue: JobQueue, close: () => void): Side {
  const relay = createOutboxRelay({ store, queue, clock: systemClock, logger: new RecordingLogger() });
  const finished = new Map<string, () => void>();
  const handle: JobProcessor = async (payload) => {
    const id = payload['requestId'] as RequestId;
    await actOnce(store, id);
    finished.get(id)?.();
  };
  const worker = queue.work({ 'requests.handle': handle });
  return {
    async act(number) {
      const request = requestOf(`r_action_${number}`);
      const done = new Promise<void>((resolve) => finished.set(request.id, resolve));
      await commit(store, [...asked(request), audit(request, 'request.received')]);
      await done;
      finished.delete(request.id);
    },
    async close() {
      await worker.stop(1_000);
      await relay.stop();
      await queue.close();
      await store.close();
      close();
    },
  };
}

/** What is recorded before and after an effect; there is none here. */
async function actOnce(store: Store, id: RequestId): Promise<void> {
  const request = await store.findRequest(id);
  if (request === undefined) throw new Error(`no request ${id}`);
  const intent = anIntent({ id: `i_${id}` as IntentId, planId: `p_${id}` as PlanId });
  await commit(store, [{ kind: 'intent.insert', intent }, audit(request, 'intent')]);
  const answered: Request = { ...request, status: 'answered', version: request.version + 1 };
  await commit(store, [
    {
      kind: 'intent.complete',
      id: intent.id,
      outcome: { kind: 'applied', resourceVersion: '1' },
      completedAt: systemClock.now(),
    },
    { kind: 'request.update', request: answered, expectedVersion: request.version },
    audit(request, 'request.answered'),
  ]);
}

/** A request that waits, of this id. */
export function requestOf(id: string): Request {
  return aRequest({ id: id as RequestId, receivedAt: systemClock.now() });
}

function asked(request: Request): readonly StoreChange[] {
  const { id, correlationId } = request;
  const job = {
    name: 'requests.handle',
    payload: { requestId: id },
    deduplicationId: `handle:${id}`,
    correlationId,
  };
  return [
    { kind: 'request.insert', request },
    { kind: 'outbox.add', job },
  ];
}

function audit({ id, correlationId }: Request, kind: string): StoreChange {
  const entry: AuditEntry = {
    at: systemClock.now(),
    kind,
    actor: 'bench',
    correlationId,
    details: { requestId: id },
  };
  return { kind: 'audit.append', entry };
}

/** Throws when it does not hold. */
export async function commit(store: Store, changes: readonly StoreChange[]): Promise<void> {
  const result = await store.commit(changes);
  if (result.kind !== 'committed')
    throw new Error(`not committed: ${result.reason} of ${result.change.kind}`);
}
