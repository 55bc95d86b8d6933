import type { CorrelationId, Delegation, Principal, SlackPerson } from '@jamie/core';
import { OpsError, redactSecrets } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';

const HOUR_MS = 3_600_000;
/** Nobody stands in for longer than this without being asked again. */
const LONGEST_MS = 14 * 24 * HOUR_MS;

/** Who asks whom to stand in for them, and for how long. */
export interface DelegateRequest {
  readonly from: Principal;
  readonly to: SlackPerson;
  readonly durationMs: number;
  readonly reason: string;
  readonly correlationId: CorrelationId;
}

export type DelegateResult =
  | { readonly kind: 'delegated'; readonly delegation: Delegation }
  | { readonly kind: 'refused'; readonly message: string };

/** Lets somebody give somebody else's approvals for a while. The same pair again replaces what was agreed before. */
export async function delegate(
  context: OperationsContext,
  { from, to: person, durationMs, reason, correlationId }: DelegateRequest,
): Promise<DelegateResult> {
  const found = await context.people.find(person);
  if (found.kind === 'refused') return found;
  const to = found.principal;
  const refusal = refuse(from, to, durationMs);
  if (refusal !== undefined) return { kind: 'refused', message: refusal };
  const at = context.clock.now();
  const known = await findDelegation(context, from, to.id);
  const delegation: Delegation = {
    id: known?.id ?? context.ids.next('delegation'),
    from,
    to,
    reason: redactSecrets(reason),
    at,
    until: at + durationMs,
    version: (known?.version ?? 0) + 1,
  };
  await put(context, delegation, 'delegation.given', from, correlationId);
  return { kind: 'delegated', delegation };
}

/** Ends what somebody agreed with somebody before its time. Undefined: there is no such agreement. */
export async function endDelegation(
  context: OperationsContext,
  { from, to, correlationId }: Pick<DelegateRequest, 'from' | 'to' | 'correlationId'>,
): Promise<Delegation | undefined> {
  const known = await findDelegation(context, from, `slack:${to.teamId}:${to.userId}`);
  if (known === undefined) return undefined;
  const ended = { ...known, until: context.clock.now(), version: known.version + 1 };
  await put(context, ended, 'delegation.ended', from, correlationId);
  return ended;
}

async function findDelegation(
  { store, clock }: OperationsContext,
  from: Pick<Principal, 'id'>,
  toId: string,
): Promise<Delegation | undefined> {
  const open = await store.listDelegations(clock.now());
  return open.find((each) => each.from.id === from.id && each.to.id === toId);
}

function refuse(from: Principal, to: Principal, durationMs: number): string | undefined {
  if (from.id === to.id) return 'You need nobody to stand in for yourself.';
  if (to.source === 'automation') return 'Only a person may stand in for you.';
  if (durationMs <= 0 || durationMs > LONGEST_MS) return 'Name a time between one minute and 14 days.';
  return undefined;
}

async function put(
  { store, clock }: OperationsContext,
  delegation: Delegation,
  kind: 'delegation.given' | 'delegation.ended',
  by: Principal,
  correlationId: CorrelationId,
): Promise<void> {
  const { id, to, until, reason, version } = delegation;
  const result = await store.commit([
    { kind: 'delegation.put', delegation, expectedVersion: version - 1 },
    {
      kind: 'audit.append',
      entry: {
        at: clock.now(),
        kind,
        actor: by.id,
        correlationId,
        details: { id, to: to.id, until, reason },
      },
    },
  ]);
  if (result.kind === 'committed') return;
  throw new OpsError('conflict', 'the delegation was changed at the same time', {
    retryable: true,
    retryAfterMs: 0,
  });
}
