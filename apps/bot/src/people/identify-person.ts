import { type Clock, type Directory, OpsError, type Principal, type SlackPerson } from '@jamie/core';
import { type SlackWorkspace, translateSlackError } from '@jamie/slack';
import { type Membership, readMembership } from './read-membership.ts';

export type SlackClient = SlackWorkspace['client'];

export type PersonVerdict =
  | { readonly kind: 'known'; readonly principal: Principal }
  | {
      readonly kind: 'refused';
      readonly reason: Extract<Membership, { kind: 'none' }>['reason'] | 'unmapped' | 'unconfirmed';
      readonly message: string;
    };

export interface PersonIdentifierOptions {
  readonly directory: Directory;
  readonly clock: Clock;
  /** Who can let somebody in, as a person reads it, for example `a platform admin`. */
  readonly helpContact: string;
}

export interface PersonIdentifier {
  /**
   * `workspace`: where they ask. `isFresh`: Slack is asked even if it has just been. Fails like every Slack call: whom
   * we cannot look at, we do not let in.
   */
  identify(person: SlackPerson, workspace: SlackWorkspace, isFresh?: boolean): Promise<PersonVerdict>;
}

const REMEMBERED_MS = 5 * 60_000;
const REMEMBERED_PEOPLE = 5_000;

/**
 * Says who somebody is and whether they may ask at all: a full member of our workspace whom the principals file names
 * by account or by confirmed address. The file is looked at each time; guests, bots and people from other workspaces
 * are refused whatever it says.
 */
export function createPersonIdentifier(options: PersonIdentifierOptions): PersonIdentifier {
  const { directory, clock, helpContact } = options;
  const remembered = new Map<string, { readonly membership: Membership; readonly until: number }>();

  async function membershipOf(
    person: SlackPerson,
    client: SlackClient,
    isFresh: boolean,
  ): Promise<Membership> {
    const now = clock.now();
    const key = `${person.teamId}:${person.userId}`;
    const known = remembered.get(key);
    if (!isFresh && known !== undefined && known.until > now) return known.membership;
    // Should Slack not answer now, what it said before is no answer either.
    remembered.delete(key);
    const membership = await askSlack(client, person);
    if (remembered.size >= REMEMBERED_PEOPLE) remembered.clear();
    remembered.set(key, { membership, until: now + REMEMBERED_MS });
    return membership;
  }

  return {
    async identify(person, workspace, isFresh = false) {
      const { teamId, userId } = person;
      if (teamId !== workspace.teamId) return refusal('other_workspace', helpContact);
      await directory.refresh();
      const isNamed = directory.findSlackPerson(teamId, userId) !== undefined;
      if (!isNamed && !directory.mapsEmailsOf(teamId)) return refusal('unmapped', helpContact);
      const membership = await membershipOf(person, workspace.client, isFresh);
      if (membership.kind === 'none') return refusal(membership.reason, helpContact);
      const principal = directory.findSlackPerson(teamId, userId, membership.email);
      if (principal !== undefined) return { kind: 'known', principal };
      return refusal(membership.email === undefined ? 'unconfirmed' : 'unmapped', helpContact);
    },
  };
}

async function askSlack(client: SlackClient, person: SlackPerson): Promise<Membership> {
  try {
    const { user } = await client.users.info({ user: person.userId });
    if (user === undefined) throw new OpsError('unavailable', 'slack told nothing about a user');
    return readMembership(user, person);
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
    unconfirmed: `Slack shows me no confirmed e-mail address of yours, so I cannot tell who you are. Confirm it in your Slack profile, or ask ${helpContact} to add you to the principals file.`,
    deactivated: `Slack says that this account is deactivated. Ask ${helpContact}.`,
    bot: `I take no requests from other apps. If a person needs this, ask ${helpContact}.`,
    guest: `Guests of this workspace cannot use me. Ask ${helpContact} or a colleague who is a member.`,
  };
  return { kind: 'refused', reason, message: messages[reason] };
}
