import type {
  Conversation,
  ConversationId,
  ConversationPlace,
  Digest,
  JobRequest,
  Message,
  MessageId,
  Request,
  StoreChange,
  Submission,
  Submitted,
} from '@jamie/core';
import { canonicalJson, OpsError, redactSecrets } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { derivedKey, derivedRequestIds } from '../derived-ids.ts';
import { MAX_MANIFEST_BYTES } from '../manifests/read-manifests.ts';
import { applyCommandOf, splitManifest } from '../manifests/split-manifest.ts';

/** Longest text of a request, in characters; Slack allows 40,000 and no question needs that. */
const MAX_TEXT_LENGTH = 8_000;
/** Longest text that a request is about. */
const MAX_ABOUT_LENGTH = 4_000;

/**
 * Makes a request durable, with the job that answers it. The ids follow from the idempotency key, so that the same
 * submission is the same request; a repeated one changes nothing.
 */
export async function submit(context: AgentsContext, given: Submission): Promise<Submitted> {
  const submission = withManifest(given);
  refuseTooLong(submission);
  const conversation = await findOrMakeConversation(context, submission.place);
  const request = requestOf(context, submission, conversation.id);
  const finish: readonly StoreChange[] =
    submission.inboxId === undefined ? [] : [{ kind: 'inbox.finish', id: submission.inboxId }];
  const result = await context.store.commit([
    { kind: 'request.insert', request },
    { kind: 'message.insert', message: personMessage(request) },
    { kind: 'outbox.add', job: handleJob(request) },
    receivedAudit(request, submission.place),
    ...finish,
  ]);
  if (result.kind === 'conflict' && finish.length > 0) await context.store.commit(finish);
  return { requestId: request.id, conversationId: conversation.id };
}

/** A manifest in a code block below the command is taken out of the text, as if it had come beside it. */
function withManifest(submission: Submission): Submission {
  if (submission.manifest !== undefined) return { ...submission, text: applyCommandOf(submission.text) };
  const split = splitManifest(submission.text);
  return split === undefined ? submission : { ...submission, ...split };
}

function refuseTooLong({ text, manifest = '' }: Submission): void {
  if (text.length > MAX_TEXT_LENGTH) {
    throw new OpsError('invalid_input', 'request text is too long', {
      userMessage: `That is ${text.length} characters; I read at most ${MAX_TEXT_LENGTH}. Shorten it, or attach the details as a file.`,
    });
  }
  if (manifest.length > MAX_MANIFEST_BYTES) {
    throw new OpsError('invalid_input', 'manifest is too long', {
      userMessage: `The manifest is longer than ${MAX_MANIFEST_BYTES / 1024} KiB. Send it in parts.`,
    });
  }
}

async function findOrMakeConversation(
  context: AgentsContext,
  place: ConversationPlace,
): Promise<Conversation> {
  const known = await context.store.findConversationAt(place);
  if (known !== undefined) return known;
  const id = conversationIdOf(place, context.digest);
  const conversation: Conversation = { id, place, createdAt: context.clock.now(), version: 1 };
  await context.store.commit([{ kind: 'conversation.insert', conversation }]);
  // Somebody else may have made it at the same moment; its id is the same then.
  return (await context.store.findConversation(id)) ?? conversation;
}

/** The id of the conversation at a place: the same whoever makes it. */
export function conversationIdOf(place: ConversationPlace, digest: Digest): ConversationId {
  return `c_${derivedKey(digest, canonicalJson(place))}` as ConversationId;
}

function requestOf(context: AgentsContext, submission: Submission, conversationId: ConversationId): Request {
  return {
    ...derivedRequestIds(context.digest, submission.idempotencyKey),
    conversationId,
    principal: submission.principal,
    ...(submission.slackPerson !== undefined && { slackPerson: submission.slackPerson }),
    form: submission.form,
    // What people type by mistake is not kept either.
    text: redactSecrets(submission.text),
    ...(submission.about !== undefined && { about: boundAbout(submission.about) }),
    // Redacted like everything else; nothing is made of a manifest with a hole in it.
    ...(submission.manifest !== undefined && { manifest: redactSecrets(submission.manifest) }),
    receivedAt: context.clock.now(),
    status: 'open',
    version: 1,
  };
}

/** Cut rather than refused: it is there to help, and what matters stands at its beginning. */
function boundAbout(about: string): string {
  return redactSecrets(about).slice(0, MAX_ABOUT_LENGTH).toWellFormed();
}

function personMessage(request: Request): Message {
  return {
    id: `m_${request.id}_asked` as MessageId,
    conversationId: request.conversationId,
    requestId: request.id,
    author: 'person',
    authorName: request.principal.displayName,
    body: { kind: 'text', text: shownText(request) },
    at: request.receivedAt,
    version: 1,
  };
}

function shownText({ text, manifest }: Request): string {
  if (manifest === undefined) return text;
  const lines = manifest.trimEnd().split('\n').length;
  return `${text} (with a manifest of ${lines} ${lines === 1 ? 'line' : 'lines'})`;
}

/** The job that answers a request. Asking for it again asks for the same. */
export function handleJob(request: Pick<Request, 'id' | 'correlationId'>): JobRequest {
  return {
    name: 'requests.handle',
    payload: { requestId: request.id },
    deduplicationId: `handle:${request.id}`,
    correlationId: request.correlationId,
  };
}

function receivedAudit(request: Request, place: ConversationPlace): StoreChange {
  return {
    kind: 'audit.append',
    entry: {
      at: request.receivedAt,
      kind: 'request.received',
      actor: request.principal.id,
      correlationId: request.correlationId,
      details: { requestId: request.id, form: request.form, surface: place.surface, text: request.text },
    },
  };
}
