import type { AuditRecord } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { describeFinding } from '../audit/describe-finding.ts';
import { readPlanHistory } from '../audit/read-plan-history.ts';
import { type StretchFinding, walkStretch } from '../audit/walk-stretch.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import type { CommandRequest } from './command-request.ts';
import { describeDecision, isDecision } from './describe-decision.ts';
import { answer, type Outcome, refusal } from './outcome.ts';
import { refusePlan } from './refuse-plan.ts';

/** The decisions of one plan as they were, from the audit alone, and whether that part of the audit holds. */
export async function replay(
  context: AgentsContext,
  asked: CommandRequest,
  { planId }: IntentOf<'replay'>,
): Promise<Outcome> {
  const refused = await refusePlan(context, asked, planId);
  if (refused !== undefined) return refused;
  const { records, isPart } = await readPlanHistory(context, planId);
  const [first] = records;
  const last = records.at(-1);
  if (first === undefined || last === undefined)
    return refusal(
      `The audit has nothing of ${planId} any more: its time was up. An export made before may still have it.`,
    );
  const finding = await walkStretch(context, first, last.sequence);
  const outcome = answer(`The decisions of ${planId} as they were, from the audit alone.`, [
    { kind: 'text', lines: [proofLine(finding, first, last), ...leftOut(records, isPart)] },
    {
      kind: 'table',
      columns: ['Number', 'When (UTC)', 'Who', 'What', 'Said'],
      rows: records.filter(isDecision).map(describeDecision),
    },
  ]);
  const followUps = [{ label: `Show ${planId}`, command: `plan ${planId}` }];
  const tone = finding.fault === undefined ? 'answer' : 'error';
  return { ...outcome, reply: { ...outcome.reply, tone, followUps } };
}

function proofLine({ fault, walked }: StretchFinding, first: AuditRecord, last: AuditRecord): string {
  if (fault !== undefined) return describeFinding({ fault, walked }, { what: 'audit' }).headline;
  const numbers = `Numbers ${first.sequence} to ${last.sequence} of the audit hold`;
  const { signedUpTo, headsByKey } = walked;
  if (signedUpTo >= last.sequence)
    return `${numbers} and are signed, up to number ${signedUpTo}, with key ${[...headsByKey.keys()].join(', ')}.`;
  return signedUpTo >= first.sequence
    ? `${numbers}; those up to ${signedUpTo} are signed, the rest will be within the hour.`
    : `${numbers}; they will be signed within the hour.`;
}

function leftOut(records: readonly AuditRecord[], isPart: boolean): readonly string[] {
  const hidden = records.length - records.filter(isDecision).length;
  return [
    ...(hidden === 0 ? [] : [`${hidden} observations and renewed leases in between are left out.`]),
    ...(isPart ? ['The plan has more records than I show; the oldest are missing here.'] : []),
  ];
}
