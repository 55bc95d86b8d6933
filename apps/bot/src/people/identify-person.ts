import { type Clock, type Directory, OpsError, type Principal, type SlackPerson } from '@jamie/core';
import { type SlackWorkspace, translateSlackError } from '@jamie/slack';

export type SlackClient = SlackWorkspace['client'];

type PersonVerdict =
  | { readonly kind: 'known'; readonly principal: Principal }
  | {
      readonly kind: 'refused';
      readonly reason: 'other_workspace' | 'unmapped' | 'bot' | 'guest';
      readonly message: string;
    };

export interface PersonIdentifierOptions {
  readonly directory: Directory;
  readonly clock: Clock;
  /** Who can let somebody in, as a person reads it, for example `a platform admin`. */
  readonly helpContact: string;
}

export interface PersonIdentifier {
  /** `workspace`: where they ask. Fails like every Slack call: whom we cannot look at, we do not let in. */
  identify(person: SlackPerson, workspace: SlackWorkspace): Promise<PersonVerdict>;
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

  async function membershipOf({ teamId, client }: SlackWorkspace, userId: string): Promise<Membership> {
    const now = options.clock.now();
    const key = `${teamId}:${userId}`;
    const known = remembered.get(key);
    if (known !== undefined && known.until > now) return known.membership;
    const membership = await readMembership(client, userId);
    if (remembered.size >= REMEMBERED_PEOPLE) remembered.clear();
    remembered.set(key, { membership, until: now + REMEMBERED_MS });
    return membership;
  }

  return {
    async identify(person, workspace) {
      if (person.teamId !== workspace.teamId) return refusal('other_workspace', options.helpContact);
      const principal = options.directory.findSlackPerson(person.teamId, person.userId);
      if (principal === undefined) return refusal('unmapped', options.helpContact);
      const membership = await membershipOf(workspace, person.userId);
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
