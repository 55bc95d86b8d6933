import type { RequestId, ShownMessage } from '@jamie/core';
import type { PageSubmission } from './api-client.ts';

/** `isKnown`: the server said no. Otherwise nobody answered, and it may have arrived all the same. */
export interface FailedSubmission {
  readonly kind: 'failed';
  readonly isKnown: boolean;
  readonly message: string;
}

/** Something that the person sent and that the server has not shown back yet. */
export interface PendingSubmission {
  readonly submission: PageSubmission;
  readonly at: number;
  readonly progress:
    | { readonly kind: 'sending' }
    | { readonly kind: 'accepted'; readonly requestId: RequestId }
    | FailedSubmission;
}

export interface ConversationState {
  readonly key: string;
  /** In the order in which they were written; each message once, in its newest version. */
  readonly shown: readonly ShownMessage[];
  readonly pending: readonly PendingSubmission[];
  /** `connecting`: not yet live for the first time. `lost`: was cut off, and trying again. */
  readonly connection: 'connecting' | 'live' | 'lost';
  /** The transcript has been read at least once. */
  readonly loaded: boolean;
  readonly signedOut: boolean;
}

export type ConversationEvent =
  | { readonly kind: 'shown'; readonly messages: readonly ShownMessage[] }
  | { readonly kind: 'loaded' }
  | { readonly kind: 'connection'; readonly connection: 'live' | 'lost' }
  | { readonly kind: 'signed_out' }
  | { readonly kind: 'sending'; readonly submission: PageSubmission; readonly at: number }
  | { readonly kind: 'accepted'; readonly idempotencyKey: string; readonly requestId: RequestId }
  | { readonly kind: 'failed'; readonly idempotencyKey: string; readonly failure: FailedSubmission };

export function emptyConversation(key: string): ConversationState {
  return { key, shown: [], pending: [], connection: 'connecting', loaded: false, signedOut: false };
}

/** The next state. Total: any event in any state, in any order and any number of times. */
export function reduceConversation(state: ConversationState, event: ConversationEvent): ConversationState {
  switch (event.kind) {
    case 'shown':
      return showMessages(state, event.messages.filter(isOf(state.key)));
    case 'loaded':
      return { ...state, loaded: true };
    case 'connection':
      return { ...state, connection: connectionAfter(state.connection, event.connection) };
    case 'signed_out':
      return { ...state, signedOut: true };
    case 'sending':
      return { ...state, pending: startSending(state.pending, event.submission, event.at) };
    case 'accepted':
      return forgetShown(
        withProgress(state, event.idempotencyKey, { kind: 'accepted', requestId: event.requestId }),
      );
    case 'failed':
      return withProgress(state, event.idempotencyKey, event.failure);
  }
}

/** The requests that have no answer yet: what the person waits for. */
export function openRequests(state: ConversationState): readonly RequestId[] {
  const answered = new Set<RequestId>();
  const asked = new Set<RequestId>();
  for (const { message } of state.shown) {
    (message.author === 'jamie' ? answered : asked).add(message.requestId);
  }
  for (const { progress } of state.pending) {
    if (progress.kind === 'accepted') asked.add(progress.requestId);
  }
  return [...asked].filter((id) => !answered.has(id));
}

function showMessages(state: ConversationState, incoming: readonly ShownMessage[]): ConversationState {
  const shown = mergeShown(state.shown, incoming);
  if (shown === state.shown) return state;
  const known = new Set(state.shown.map(({ message }) => message.id));
  const fresh = shown.filter(({ message }) => !known.has(message.id));
  return forgetShown({ ...state, shown, pending: recogniseArrived(state.pending, fresh) });
}

/**
 * A push is often faster than the answer to the call that caused it, and may come where that answer is lost: a new
 * message with the words of a submission that is still open is that submission, which has therefore arrived.
 */
function recogniseArrived(
  pending: readonly PendingSubmission[],
  fresh: readonly ShownMessage[],
): readonly PendingSubmission[] {
  const unclaimed = fresh.map(({ message }) => message).filter(({ author }) => author === 'person');
  return pending.map((one) => {
    const match = unclaimed.findIndex(
      ({ body }) => body.kind === 'text' && body.text === one.submission.text,
    );
    if (one.progress.kind === 'accepted' || match < 0) return one;
    const [message] = unclaimed.splice(match, 1);
    return message === undefined
      ? one
      : { ...one, progress: { kind: 'accepted', requestId: message.requestId } };
  });
}

/**
 * Pushes and transcripts arrive in any order and overlap. A message counts by its id; the higher version wins; an
 * equal version changes nothing, so that an unchanged card keeps its identity and is not painted again.
 */
function mergeShown(
  known: readonly ShownMessage[],
  incoming: readonly ShownMessage[],
): readonly ShownMessage[] {
  const byId = new Map(known.map((shown) => [shown.message.id, shown]));
  let changed = false;
  for (const shown of incoming) {
    const present = byId.get(shown.message.id);
    if (present !== undefined && present.message.version >= shown.message.version) continue;
    byId.set(shown.message.id, shown);
    changed = true;
  }
  return changed ? [...byId.values()].sort((one, other) => one.message.at - other.message.at) : known;
}

function isOf(key: string): (shown: ShownMessage) => boolean {
  return ({ conversation: { place } }) => place.surface === 'local' && place.key === key;
}

/** A pending submission ends when the message that it became is shown. */
function forgetShown(state: ConversationState): ConversationState {
  const seen = new Set(state.shown.map(({ message }) => message.requestId));
  const pending = state.pending.filter(
    ({ progress }) => progress.kind !== 'accepted' || !seen.has(progress.requestId),
  );
  return pending.length === state.pending.length ? state : { ...state, pending };
}

function connectionAfter(
  before: ConversationState['connection'],
  now: 'live' | 'lost',
): ConversationState['connection'] {
  return now === 'lost' && before === 'connecting' ? 'connecting' : now;
}

function startSending(
  pending: readonly PendingSubmission[],
  submission: PageSubmission,
  at: number,
): readonly PendingSubmission[] {
  const others = pending.filter((one) => one.submission.idempotencyKey !== submission.idempotencyKey);
  return [...others, { submission, at, progress: { kind: 'sending' } }];
}

function withProgress(
  state: ConversationState,
  idempotencyKey: string,
  progress: PendingSubmission['progress'],
): ConversationState {
  const pending = state.pending.map((one) =>
    one.submission.idempotencyKey === idempotencyKey ? { ...one, progress } : one,
  );
  return { ...state, pending };
}
