import type { HealingCase, StoreChange } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import { mayHeal, readableCases } from '../healing/case-rights.ts';
import { describeRemedy } from '../healing/describe-case.ts';
import type { CommandRequest } from './command-request.ts';
import { answer, type Outcome, refusal } from './outcome.ts';

/**
 * Closes a case that waits, or that people were told of: what was tried is forgotten, and a fault that is still there
 * begins with a whole budget. For whom Kubernetes lets do by hand what the case does by itself.
 */
export async function closeCase(
  context: AgentsContext,
  { request }: CommandRequest,
  { caseId, reason }: IntentOf<'close'>,
): Promise<Outcome> {
  const found = await context.store.findHealingCase(caseId);
  const [readable] = found === undefined ? [] : await readableCases(context, request.principal, [found]);
  if (readable === undefined) return refusal(unknownCase(caseId));
  const refused = refusalOf(readable);
  if (refused !== undefined) return refusal(refused);
  if (!(await mayHeal(context, request.principal, readable))) {
    return refusal(
      `Kubernetes does not let you do this by hand, so you may not close it: ${describeRemedy(readable)}. Ask somebody whom it lets; whoami shows your rights.`,
    );
  }
  const before = readable.attempts.length;
  const outcome = answer(`${caseId} is closed. Should the fault be there still, its attempts begin anew.`, [
    { kind: 'text', lines: [describeRemedy(readable), `Attempts until now: ${before}`] },
  ]);
  return { ...outcome, changes: closeChanges(context, readable, request, reason) };
}

/** What somebody reads who names a case that is not there, or that they may not know of. */
export function unknownCase(caseId: string): string {
  return `I know no case ${caseId} that you may see. healing lists those that are open.`;
}

function refusalOf({ id, status, attempts }: HealingCase): string | undefined {
  if (status === 'resolved') return `${id} is closed: its fault is gone.`;
  if (status !== 'acting') return undefined;
  const planId = attempts.at(-1)?.planId;
  return `${id} has a plan that has not ended${planId === undefined ? '' : ` (${planId})`}. Deny it, or wait for its end; then close the case.`;
}

function closeChanges(
  { clock }: AgentsContext,
  closed: HealingCase,
  { principal, correlationId }: CommandRequest['request'],
  reason: string,
): readonly StoreChange[] {
  const now = clock.now();
  const because = reason === '' ? '' : `: ${reason}`;
  const { goneSince: _unknown, ...rest } = closed;
  const healingCase: HealingCase = {
    ...rest,
    status: 'waiting',
    reason: `${principal.displayName} closed it${because}. What was tried before counts no more.`,
    attempts: [],
    relapses: [],
    reverts: [],
    notBefore: now,
    version: closed.version + 1,
  };
  const { id, cluster, subject, remediation, status, attempts } = closed;
  const details = {
    caseId: id,
    cluster,
    subject: { ...subject },
    remediation,
    was: status,
    attempts: attempts.length,
    reason,
  };
  return [
    { kind: 'healing.put', healingCase, expectedVersion: closed.version },
    {
      kind: 'audit.append',
      entry: { at: now, kind: 'healing.closed', actor: principal.id, correlationId, details },
    },
  ];
}
