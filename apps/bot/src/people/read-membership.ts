import type { SlackPerson } from '@jamie/core';

/** What Slack says of somebody (docs.slack.dev/reference/objects/user-object), as far as it decides anything. */
export interface SlackAccount {
  readonly id?: unknown;
  readonly team_id?: unknown;
  readonly deleted?: unknown;
  readonly is_bot?: unknown;
  readonly is_restricted?: unknown;
  readonly is_ultra_restricted?: unknown;
  readonly is_stranger?: unknown;
  readonly is_email_confirmed?: unknown;
  readonly profile?: { readonly email?: unknown };
}

/** What somebody is in the workspace in which they ask. */
export type Membership =
  /** `email`: only when Slack says that it is confirmed. */
  | { readonly kind: 'member'; readonly email?: string }
  | { readonly kind: 'none'; readonly reason: 'other_workspace' | 'deactivated' | 'bot' | 'guest' };

/** Slackbot says of itself that it is no bot. */
const SLACKBOT = 'USLACKBOT';

/**
 * Says whether an account is a full member. Pure and total: what Slack leaves out about who it is counts against them,
 * and any mark of a guest, an app or a stranger counts unless it is plainly absent or false.
 */
export function readMembership(account: SlackAccount, person: SlackPerson): Membership {
  if (account.id !== person.userId || account.team_id !== person.teamId) return none('other_workspace');
  if (isMarked(account.is_stranger)) return none('guest');
  if (isMarked(account.deleted)) return none('deactivated');
  if (isMarked(account.is_bot) || account.id === SLACKBOT) return none('bot');
  if (isMarked(account.is_restricted) || isMarked(account.is_ultra_restricted)) return none('guest');
  const email = account.is_email_confirmed === true ? account.profile?.email : undefined;
  return { kind: 'member', ...(typeof email === 'string' && { email }) };
}

function isMarked(mark: unknown): boolean {
  return mark !== undefined && mark !== null && mark !== false;
}

function none(reason: Extract<Membership, { kind: 'none' }>['reason']): Membership {
  return { kind: 'none', reason };
}
