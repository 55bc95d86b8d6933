import { setImmediate as othersHadTheirTurn } from 'node:timers/promises';
import type { AuditVerification } from '@jamie/core';
import { AUDIT_START, isOpsError, verifyAuditChain } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { answer, type Outcome } from './outcome.ts';

/** How many records are checked at a time, before others get their turn. */
const CHUNK = 250;

const FAULTS: Readonly<Record<Extract<AuditVerification, { kind: 'broken' }>['reason'], string>> = {
  sequence_out_of_order: 'a record before it is missing, or the order was changed',
  not_linked_to_previous: 'it does not follow from the record before it',
  content_changed: 'it is not what was written',
};

/** Walks the whole hash chain and names the first record that does not hold, or says how many do. */
export async function verifyAudit(context: AgentsContext): Promise<Outcome> {
  let head = AUDIT_START;
  for (;;) {
    const result = await verifyChunk(context, head);
    if (result.kind === 'broken') return broken(result.sequence, result.why, head.sequence);
    if (result.head.sequence === head.sequence) return intact(head);
    head = result.head;
    // Neither a read of the embedded store nor a sleep of no time gives way: a long chain would hold everybody up.
    await othersHadTheirTurn();
  }
}

type ChunkResult =
  | { readonly kind: 'intact'; readonly head: typeof AUDIT_START }
  | { readonly kind: 'broken'; readonly sequence: number; readonly why: string };

async function verifyChunk(context: AgentsContext, after: typeof AUDIT_START): Promise<ChunkResult> {
  try {
    const records = await context.store.listAudit(after.sequence, CHUNK);
    const result = verifyAuditChain(records, context.digest, after);
    return result.kind === 'intact'
      ? result
      : { kind: 'broken', sequence: result.sequence, why: FAULTS[result.reason] };
  } catch (error) {
    // The store gives no record that it cannot read, and names the first of them.
    if (!isOpsError(error, 'internal') || typeof error.details['id'] !== 'number') throw error;
    return { kind: 'broken', sequence: error.details['id'], why: 'it cannot be read' };
  }
}

function broken(sequence: number, why: string, held: number): Outcome {
  const outcome = answer(`The audit record does not hold from number ${sequence} on: ${why}.`, [
    {
      kind: 'text',
      lines: [
        `At least the first ${held} records hold.`,
        'Keep a copy of the database as it is, and compare it with a backup: somebody or something changed it outside of this program.',
      ],
    },
  ]);
  return { ...outcome, reply: { ...outcome.reply, tone: 'error' } };
}

function intact({ sequence, hash }: typeof AUDIT_START): Outcome {
  if (sequence === 0) return answer('The audit record is empty, so there is nothing to verify.');
  const all = sequence === 1 ? 'The only record' : `All ${sequence} records`;
  return answer(
    `${all} of the audit ${sequence === 1 ? 'holds' : 'hold'}: none was changed, moved or taken out.`,
    [
      {
        kind: 'text',
        lines: [
          `The last one has the hash ${hash}.`,
          'Note it elsewhere: records that were cut off the end show only against a hash that was noted before.',
        ],
      },
    ],
  );
}
