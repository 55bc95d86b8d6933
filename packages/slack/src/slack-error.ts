import { isOpsError, OpsError, type OpsErrorCode, toOpsError } from '@jamie/core';
import { ErrorCode } from '@slack/web-api';

const NOT_FOUND: ReadonlySet<string> = new Set([
  'channel_not_found',
  'message_not_found',
  'thread_not_found',
  'user_not_found',
]);
const UNAVAILABLE: ReadonlySet<string> = new Set([
  'fatal_error',
  'internal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);
const FORBIDDEN_MESSAGES: Readonly<Record<string, string>> = {
  not_in_channel: 'I am not in that channel. Invite me with /invite @jamie and ask again.',
  is_archived: 'That channel is archived, so I cannot write there. Unarchive it or ask in another channel.',
  invalid_auth: 'Slack refuses the bot token. Ask a platform admin to set a valid SLACK_BOT_TOKEN.',
  not_authed: 'No bot token reaches Slack. Ask a platform admin to set SLACK_BOT_TOKEN.',
  token_revoked:
    'The bot token was revoked. Ask a platform admin to reinstall the app and set the new token.',
  token_expired: 'The bot token has expired. Ask a platform admin to set a new SLACK_BOT_TOKEN.',
  file_uploads_disabled:
    'This workspace allows no file uploads. Ask a workspace admin to allow them, or ask for less.',
  file_uploads_except_images_disabled:
    'This workspace allows only images as files. Ask a workspace admin to allow text files, or ask for less.',
  file_type_not_allowed:
    'This workspace does not allow files of this type. Ask a workspace admin to allow text files, or ask for less.',
  file_upload_size_restricted:
    'It is too large for this workspace. Ask for less, for example with --since or --grep.',
  storage_limit_reached:
    'This workspace has no room left for files. Ask a workspace admin to make room, or ask for less.',
  posting_to_channel_denied: 'I may not post in that channel. Invite me with /invite @jamie and ask again.',
  account_inactive: 'The bot account is switched off. Ask a workspace admin to reinstall the app.',
  cant_update_message: 'Slack does not let me change that message any more.',
  edit_window_closed: 'Slack does not let me change that message any more.',
};
const PREFIX_OF_RESTRICTED = 'restricted_action';

/** The `error` word of Slack's answer, for example `not_in_channel`; undefined when the failure is of another kind. */
export function slackErrorWord(error: unknown): string | undefined {
  if (isOpsError(error)) {
    const word = error.details['slackError'];
    return typeof word === 'string' ? word : undefined;
  }
  if (!hasCode(error) || error.code !== ErrorCode.PlatformError) return undefined;
  const word = (error.data as { readonly error?: unknown } | undefined)?.error;
  return typeof word === 'string' ? word : undefined;
}

/** Translates what the Slack SDK throws, once. `method` is the Web API method that failed. */
export function translateSlackError(error: unknown, method: string): OpsError {
  if (isOpsError(error)) return error;
  if (!hasCode(error)) return toOpsError(error);
  switch (error.code) {
    case ErrorCode.RateLimitedError: {
      const retryAfterMs = Math.max(0, Number(error.retryAfter) || 1) * 1000;
      return new OpsError('rate_limited', 'slack asks to slow down', {
        retryAfterMs,
        details: { method },
        cause: error,
      });
    }
    case ErrorCode.PlatformError:
      return translateWord(slackErrorWord(error) ?? 'unknown', error, method);
    case ErrorCode.HTTPError:
    case ErrorCode.RequestError:
      return isTimeout(error)
        ? new OpsError('timeout', 'slack did not answer in time', { details: { method }, cause: error })
        : new OpsError('unavailable', 'slack cannot be reached', { details: { method }, cause: error });
    default:
      return toOpsError(error);
  }
}

function translateWord(word: string, cause: CodedError, method: string): OpsError {
  const messages = cause.data?.response_metadata?.messages;
  const details = { method, slackError: word, ...(messages === undefined ? {} : { messages }) };
  const userMessage = word === 'missing_scope' ? missingScope(cause.data?.needed) : FORBIDDEN_MESSAGES[word];
  const code = codeOfWord(word);
  return new OpsError(code, 'slack refuses a call', {
    details,
    cause,
    ...(userMessage === undefined ? {} : { userMessage }),
  });
}

function missingScope(needed = ''): string {
  const permission = needed === '' ? 'a permission' : `the permission ${needed}`;
  return `The Slack app lacks ${permission}. Ask a workspace admin to reinstall it with the scopes of deploy/slack/manifest.json.`;
}

function codeOfWord(word: string): OpsErrorCode {
  if (word === 'ratelimited' || word === 'rate_limited') return 'rate_limited';
  if (NOT_FOUND.has(word)) return 'not_found';
  if (UNAVAILABLE.has(word)) return 'unavailable';
  if (word === 'missing_scope' || word in FORBIDDEN_MESSAGES || word.startsWith(PREFIX_OF_RESTRICTED))
    return 'forbidden';
  return 'internal';
}

interface CodedError {
  readonly code: string;
  readonly retryAfter?: unknown;
  readonly original?: unknown;
  readonly data?: {
    /** With missing_scope: the scope. */
    readonly needed?: string;
    readonly response_metadata?: { readonly messages?: readonly string[] };
  };
}

function hasCode(error: unknown): error is CodedError {
  return typeof error === 'object' && error !== null && typeof (error as CodedError).code === 'string';
}

/** By name, because the SDK keeps only the text of an error that comes from another realm. */
function isTimeout(error: CodedError): boolean {
  return /^(Timeout|Abort)Error\b/u.test(String(error.original).replace(/^Error: /u, ''));
}
