import type { HealingCase } from '@jamie/core';
import { openCase } from '../cases/open-case.ts';
import type { Candidate } from '../remedies/candidate.ts';
import { type ClusterSweep, commitCase, type HealingPlace } from './cluster-sweep.ts';
import { healingAudit } from './healing-audit.ts';

/** Makes a case of a fault that is seen for the first time, with the conversation in which it is spoken of. Fails like the store. */
export async function openNewCase(
  sweep: ClusterSweep,
  candidate: Candidate,
  { autonomy }: HealingPlace,
): Promise<void> {
  if (candidate.remedy.kind === 'none' && !candidate.remedy.tell) return;
  const { context, cluster, now, tally } = sweep;
  const found = openCase(candidate, cluster, now, context.digest);
  const conversation = await context.conversationFor(found, autonomy);
  const opened: HealingCase = { ...found, conversationId: conversation.id };
  const entry = healingAudit(context, 'found', opened, { at: now });
  if (await commitCase(sweep, opened, [...conversation.changes, entry])) tally.add('opened');
}
