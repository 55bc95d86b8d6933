import type { OpsError } from '@jamie/core';
import { slackErrorWord } from '../slack-error.ts';

/** What is done with a message that Slack did not take. */
export type Fallback =
  | { readonly kind: 'retry'; readonly reason: 'may_pass' }
  | { readonly kind: 'plain_buttons'; readonly reason: string }
  | { readonly kind: 'plain_text'; readonly reason: string }
  | { readonly kind: 'direct_message'; readonly reason: string }
  | { readonly kind: 'give_up'; readonly reason: string };

/** What has been tried already, and what can be. */
export interface Tried {
  /** The message asked with Slack's thumbs whether it helped. */
  readonly hasThumbs: boolean;
  /** The message went as plain text. */
  readonly isPlain: boolean;
  /** It went to the direct channel with who asked. */
  readonly isDirect: boolean;
  /** There is somebody of this workspace who asked. */
  readonly hasAsker: boolean;
}

/** Slack does not take what we made of the message: our fault, never the channel's. */
const LAYOUT_WORDS: ReadonlySet<string> = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_arguments',
  'invalid_metadata_format',
  'metadata_too_large',
  'metadata_must_be_sent_from_app',
  'msg_blocks_too_long',
  'msg_blocks_too_many',
  'msg_too_long',
  'no_text',
]);
/** There is no way into the workspace at all. */
const WORKSPACE_WORDS: ReadonlySet<string> = new Set([
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'team_not_found',
  'token_expired',
  'token_revoked',
]);

/**
 * Decides what becomes of a message after a failure. Pure. A failure that may pass is tried again; thumbs that a
 * workspace does not know become plain buttons; a layout that is refused goes as plain text; a place that is refused gives way to the person who asked; only then it is given up.
 */
export function decideFallback(error: OpsError, tried: Tried): Fallback {
  if (error.retryable) return { kind: 'retry', reason: 'may_pass' };
  const word = slackErrorWord(error);
  if (word === undefined || WORKSPACE_WORDS.has(word)) return { kind: 'give_up', reason: word ?? error.code };
  if (tried.hasThumbs && refusesThumbs(word, error)) return { kind: 'plain_buttons', reason: word };
  if (LAYOUT_WORDS.has(word) && !tried.isPlain) return { kind: 'plain_text', reason: word };
  if (tried.isDirect || !tried.hasAsker) return { kind: 'give_up', reason: word };
  return { kind: 'direct_message', reason: word };
}

/** Slack names the block that it does not know; where it names nothing, the thumbs are the newest in our messages. */
function refusesThumbs(word: string, error: OpsError): boolean {
  const { messages } = error.details;
  if (word !== 'invalid_blocks') return false;
  return (
    !Array.isArray(messages) ||
    messages.some((text) => /context_actions|feedback_buttons/u.test(String(text)))
  );
}
