import { type Clock, type Directory, OpsError, type Principal } from '@jamie/core';
import { translateSlackError } from '@jamie/slack';
import type { App } from '@slack/bolt';

export type SlackClient = App['client'];

/** Somebody in Slack, by workspace and user. */
export interface SlackPerson {
  readonly teamId: string;
  readonly userId: string;
}

type PersonVerdict =
  | { readonly kind: 'known'; readonly principal: Principal }
  | {
      readonly kind: 'refused';
      readonly reason: 'other_workspace' | 'unmapped' | 'bot' | 'guest';
      readonly message: string;
    };

export interface PersonIdentifierOptions {
  readonly client: SlackClient;
  readonly directory: Directory;
  readonly clock: Clock;
  /** Who can let somebody in, as a person reads it, for example `a platform admin`. */
  readonly helpContact: string;
  /** The workspace that the bot belongs to. */
  ownTeamId(): Promise<string>;
}

export interface PersonIdentifier {
  /** Fails like every Slack call: whom we cannot look at, we do not let in. */
  identify(person: SlackPerson): Promise<PersonVerdict>;
}

type Membership = 'member' | 'bot' | 'guest';

const REMEMBERED_MS = 10 * 60_000;
const REMEMBERED_PEOPLE = 5_000;

/**
 * Says who somebody is and whether they may ask at all: a member of our workspace whom the principals file names.
 * Guests, bots and people from other workspaces are refused whatever the file says.
 */
export function createPersonIdentifier(options: PersonIdentifierOptions): PersonIdentifier {
  const remembered = new Map<string, { readonly membership: Membership; readonly until: number }>();

  async function membershipOf(userId: string): Promise<Membership> {
    const now = options.clock.now();
    const known = remembered.get(userId);
    if (known !== undefined && known.until > now) return known.membership;
    const membership = await readMembership(options.client, userId);
    if (remembered.size >= REMEMBERED_PEOPLE) remembered.clear();
    remembered.set(userId, { membership, until: now + REMEMBERED_MS });
    return membership;
  }

  return {
    async identify(person) {
      if (person.teamId !== (await options.ownTeamId()))
        return refusal('other_workspace', options.helpContact);
      const principal = options.directory.findSlackPerson(person.teamId, person.userId);
      if (principal === undefined) return refusal('unmapped', options.helpContact);
      const membership = await membershipOf(person.userId);
      return membership === 'member'
        ? { kind: 'known', principal }
        : refusal(membership, options.helpContact);
    },
  };
}

async function readMembership(client: SlackClient, userId: string): Promise<Membership> {
  try {
    const { user } = await client.users.info({ user: userId });
    if (user === undefined) throw new OpsError('unavailable', 'slack told nothing about a user');
    if (user.is_bot === true) return 'bot';
    const isGuest =
      user.is_restricted === true || user.is_ultra_restricted === true || user.is_stranger === true;
    return isGuest ? 'guest' : 'member';
  } catch (error) {
    throw translateSlackError(error, 'users.info');
  }
}

function refusal(
  reason: Extract<PersonVerdict, { kind: 'refused' }>['reason'],
  helpContact: string,
): PersonVerdict {
  const messages = {
    other_workspace:
      'I answer only people of the workspace that I belong to. Ask a colleague of that workspace to ask for you.',
    unmapped: `I do not know you yet, so I cannot answer or act for you. Ask ${helpContact} to add you to the principals file.`,
    bot: `I take no requests from other apps. If a person needs this, ask ${helpContact}.`,
    guest: `Guests of this workspace cannot use me. Ask ${helpContact} or a colleague who is a member.`,
  };
  return { kind: 'refused', reason, message: messages[reason] };
}
