import type { HealingCase, StoreChange } from '@jamie/core';
import { closeCase as closed } from '@jamie/healing';
import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import { mayHeal, readableCases } from '../healing/case-rights.ts';
import { describeRemedy } from '../healing/describe-case.ts';
import type { CommandRequest } from './command-request.ts';
import { answer, type Outcome, refusal } from './outcome.ts';

/**
 * Closes a case that waits, or that people were told of. A fault that is still there becomes a case again; what was tried
 * within a day still counts. For whom Kubernetes lets do by hand what the case does by itself.
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
  const outcome = answer(`${caseId} is closed. A fault that is still there becomes a case again.`, [
    {
      kind: 'text',
      lines: [
        describeRemedy(readable),
        `Attempts until now: ${readable.attempts.length}. Those of the last 24 hours still count.`,
      ],
    },
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
  open: HealingCase,
  { principal, correlationId }: CommandRequest['request'],
  reason: string,
): readonly StoreChange[] {
  const { id: caseId, cluster, subject, remediation, status: was, attempts } = open;
  const details = {
    caseId,
    cluster,
    subject: { ...subject },
    remediation,
    was,
    attempts: attempts.length,
    reason,
  };
  const entry = {
    at: clock.now(),
    kind: 'healing.closed',
    actor: principal.id,
    correlationId,
    details,
  };
  return [
    { kind: 'healing.put', healingCase: closed(open, principal, reason), expectedVersion: open.version },
    { kind: 'audit.append', entry },
  ];
}
