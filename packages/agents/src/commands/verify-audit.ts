import type { AgentsContext } from '../agents-context.ts';
import { describeFinding } from '../audit/describe-finding.ts';
import { walkAudit } from '../audit/walk-audit.ts';
import { answer, type Outcome } from './outcome.ts';

/** Verifies the whole audit and names the first thing that does not hold, or says how much does. */
export async function verifyAudit(context: AgentsContext): Promise<Outcome> {
  const { headNotes, keys } = context;
  const keyInUse = keys.keys[0]?.keyId;
  const finding = describeFinding(await walkAudit(context), {
    what: 'audit',
    ...(keyInUse !== undefined && { keyInUse }),
    ...(headNotes !== undefined && { notedIn: headNotes.name }),
  });
  const outcome = answer(
    finding.headline,
    finding.lines.length === 0 ? [] : [{ kind: 'text', lines: finding.lines }],
  );
  return finding.holds ? outcome : { ...outcome, reply: { ...outcome.reply, tone: 'error' } };
}
