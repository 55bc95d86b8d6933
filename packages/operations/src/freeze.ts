import type { CorrelationId, FreezeState, PersonAnswer, Principal, StoreChange } from '@jamie/core';
import { OpsError, redactSecrets } from '@jamie/core';
import { decideFreeze, describeThaw } from '@jamie/policy';
import { confirmPerson } from './approval/confirm-voter.ts';
import { executeChange } from './approval/execute-change.ts';
import type { OperationsContext } from './operations-context.ts';

/** Most approved plans that one unfreeze starts; the recovery sweep takes the rest. */
const HELD_LIMIT = 500;

export type FreezeResult =
  | { readonly kind: 'switched'; readonly state: FreezeState; readonly plans: number }
  | { readonly kind: 'unchanged'; readonly state: FreezeState }
  /** `message` says who can. */
  | { readonly kind: 'refused'; readonly message: string };

/** Whether changes are stopped, and who may let them go again, as a sentence. */
export interface FreezeReading {
  readonly state: FreezeState;
  readonly whoMayThaw: string;
}

/** Fails like the store. */
export async function readFreeze({ store, policy }: OperationsContext): Promise<FreezeReading> {
  const state = await store.readFreeze();
  return { state, whoMayThaw: describeThaw(state, policy.current().freeze) };
}

/**
 * Stops every new execution at once, or lets them go again. Approved plans are held and start when it is lifted, unless
 * they have expired; a rollback under way is never stopped. Where the team's policy says who may, anybody else is refused,
 * and the refusal is on the record.
 */
export async function switchFreeze(
  context: OperationsContext,
  frozen: boolean,
  by: Principal,
  words: string,
  correlationId: CorrelationId,
): Promise<FreezeResult> {
  const before = await context.store.readFreeze();
  if (before.frozen === frozen) return { kind: 'unchanged', state: before };
  const refused = await refuseSwitch(context, before, frozen, by, correlationId);
  if (refused !== undefined) return refused;
  const now = context.clock.now();
  const reason = redactSecrets(words);
  const state: FreezeState = { frozen, reason, by, at: now, version: before.version + 1 };
  const held = await context.store.listPlans({ statuses: ['approved'], limit: HELD_LIMIT });
  const wake: readonly StoreChange[] = frozen
    ? []
    : held.map(({ plan }) => executeChange(plan, { occasion: `unfreeze-${state.version}` }));
  const result = await context.store.commit([
    { kind: 'freeze.put', state, expectedVersion: before.version },
    ...wake,
    {
      kind: 'audit.append',
      entry: {
        at: now,
        kind: frozen ? 'freeze' : 'unfreeze',
        actor: by.id,
        correlationId,
        details: { reason },
      },
    },
  ]);
  if (result.kind === 'committed') return { kind: 'switched', state, plans: held.length };
  throw new OpsError('conflict', 'the freeze was switched by somebody else at the same time', {
    retryable: true,
    retryAfterMs: 0,
  });
}

const NOT_ASKED = 'I cannot find out who you are now, so that changes stay frozen. Try again in a minute.';

async function refuseSwitch(
  context: OperationsContext,
  before: FreezeState,
  frozen: boolean,
  by: Principal,
  correlationId: CorrelationId,
): Promise<FreezeResult | undefined> {
  const person = await confirmThaw(context, frozen, by);
  if (person.kind === 'refused') return person;
  const decision = decideFreeze(before, frozen, person.principal, context.policy.current().freeze);
  if (decision.kind === 'allow') return undefined;
  const { reason, message } = decision;
  const kind = frozen ? 'freeze.refused' : 'unfreeze.refused';
  const entry = { at: context.clock.now(), kind, actor: by.id, correlationId, details: { reason } };
  await context.store.commit([{ kind: 'audit.append', entry }]);
  return { kind: 'refused', message };
}

/** Whoever lets changes go again. To stop them waits for nobody: in an emergency Slack may be away. */
async function confirmThaw(
  context: OperationsContext,
  frozen: boolean,
  by: Principal,
): Promise<PersonAnswer> {
  const isFree = frozen || context.policy.current().freeze === undefined || by.source === 'automation';
  return isFree ? { kind: 'known', principal: by } : confirmPerson(context, by, NOT_ASKED);
}
