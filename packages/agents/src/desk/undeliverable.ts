import {
  type AuditRecord,
  type CorrelationId,
  type MessageId,
  type OpsError,
  type ShownMessage,
  showJob,
} from '@jamie/core';
import type { ShowContext } from '../agents-context.ts';

const KIND = 'message.undeliverable';
/** How far back a workspace that comes back is told what it missed. */
const REMEMBERED_MS = 7 * 24 * 60 * 60 * 1_000;
const PAGE = 200;

/** Records that nobody could be told, and why: for `doctor`, the audit, and the day on which the way is open again. */
export async function recordUndeliverable(
  context: ShowContext,
  { message, conversation }: ShownMessage,
  error: OpsError,
): Promise<void> {
  const { store, clock, logger } = context;
  const { place } = conversation;
  const where = place.surface === 'slack' ? { teamId: place.teamId, channelId: place.channelId } : {};
  const request = await store.findRequest(message.requestId);
  const reason = error.details['reason'] ?? error.details['slackError'] ?? error.code;
  logger.error('nobody could be told', { messageId: message.id, code: error.code, err: error });
  await store.commit([
    {
      kind: 'audit.append',
      entry: {
        at: clock.now(),
        kind: KIND,
        actor: 'jamie',
        correlationId: request?.correlationId ?? (context.ids.next('correlation') as CorrelationId),
        ...(message.planId !== undefined && { planId: message.planId }),
        details: {
          messageId: message.id,
          requestId: message.requestId,
          ...where,
          reason: String(reason),
          why: error.userMessage ?? error.message,
        },
      },
    },
  ]);
}

/** The messages of late that nobody could be told, newest first, each once. */
export async function listUndeliverable(
  { store, clock }: Pick<ShowContext, 'store' | 'clock'>,
  since = clock.now() - REMEMBERED_MS,
): Promise<readonly AuditRecord[]> {
  const found = new Map<string, AuditRecord>();
  let beforeSequence: number | undefined;
  for (;;) {
    const page = await store.listRecentAudit({
      kindPrefixes: [KIND],
      since,
      limit: PAGE,
      ...(beforeSequence !== undefined && { beforeSequence }),
    });
    for (const record of page) {
      const id = String(record.entry.details['messageId']);
      if (!found.has(id)) found.set(id, record);
    }
    beforeSequence = page.at(-1)?.sequence;
    if (page.length < PAGE) return [...found.values()];
  }
}

/**
 * Shows what a workspace missed while nobody could be told there: for when the app is installed again. Safe to repeat.
 * Returns how many messages are on their way.
 */
export async function resumeUndeliverable(context: ShowContext, teamId: string): Promise<number> {
  const { store } = context;
  let resumed = 0;
  for (const { sequence, entry } of await listUndeliverable(context)) {
    const message = await store.findMessage(String(entry.details['messageId']) as MessageId);
    if (message === undefined || entry.details['teamId'] !== teamId || message.slack?.ts !== undefined)
      continue;
    const job = showJob(message, message.version, entry.correlationId);
    const deduplicationId = `${job.deduplicationId}:again:${sequence}`;
    await store.commit([{ kind: 'outbox.add', job: { ...job, deduplicationId } }]);
    resumed += 1;
  }
  return resumed;
}
