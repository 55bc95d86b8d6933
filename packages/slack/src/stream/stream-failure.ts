import { slackErrorWord, translateSlackError } from '../slack-error.ts';

/** What a failed call means for a message that is being written. */
export type StreamFailure =
  /** Try again later. `isUncertain`: it may have arrived all the same. */
  | {
      readonly kind: 'wait';
      readonly reason: 'rate_limited' | 'unreachable';
      readonly delayMs: number;
      readonly isUncertain: boolean;
    }
  /** Nothing more can be written there, and what was sent did not arrive. */
  | { readonly kind: 'over'; readonly reason: 'ended' | 'full' }
  /** The person pressed Stop. */
  | { readonly kind: 'stopped'; readonly reason: 'stopped_by_user' }
  /** `unsupported`: this workspace takes no streams at all. */
  | { readonly kind: 'refused'; readonly reason: 'unsupported' | 'not_here' | 'not_like_this' };

const UNSUPPORTED: ReadonlySet<string> = new Set([
  'unknown_method',
  'not_agent_app',
  'feature_disabled',
  'feature_not_enabled',
  'method_deprecated',
  'missing_scope',
  'not_allowed_token_type',
  'team_access_not_granted',
]);
const ENDED: ReadonlySet<string> = new Set(['message_not_in_streaming_state', 'message_not_found']);
const FULL: ReadonlySet<string> = new Set(['msg_too_long', 'msg_blocks_too_long', 'msg_blocks_too_many']);
/** Nothing of ours can be written in this place. */
const NOT_HERE: ReadonlySet<string> = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'invalid_thread_ts',
  'thread_not_found',
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
]);
const RETRY_MS = 1_000;

/** Decides what the failure of a call of `method` means. Pure. */
export function decideStreamFailure(error: unknown, method: string): StreamFailure {
  const word = slackErrorWord(error) ?? '';
  if (word === 'stopped_by_user') return { kind: 'stopped', reason: 'stopped_by_user' };
  if (ENDED.has(word)) return { kind: 'over', reason: 'ended' };
  if (FULL.has(word)) return { kind: 'over', reason: 'full' };
  if (UNSUPPORTED.has(word)) return { kind: 'refused', reason: 'unsupported' };
  if (NOT_HERE.has(word) || word.startsWith('restricted_action'))
    return { kind: 'refused', reason: 'not_here' };
  const failure = translateSlackError(error, method);
  if (!failure.retryable) return { kind: 'refused', reason: 'not_like_this' };
  const isLimited = failure.code === 'rate_limited';
  return {
    kind: 'wait',
    reason: isLimited ? 'rate_limited' : 'unreachable',
    delayMs: failure.retryAfterMs ?? RETRY_MS,
    isUncertain: !isLimited,
  };
}
