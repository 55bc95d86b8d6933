import type { KubernetesIdentity, Principal } from '@jamie/core';
import type { EmailRule, PrincipalsFile } from './principals-file.ts';
import { readAddress } from './read-address.ts';

/**
 * As whom the person at this machine acts in Kubernetes, unless the principals file says otherwise. The demo cluster
 * lets this group operate; on any other cluster it may do what somebody there has granted it.
 */
export const LOCAL_IDENTITY: KubernetesIdentity = Object.freeze({
  user: 'jamie:local',
  groups: Object.freeze(['jamie-operators']),
});

/** The people of one valid principals file. */
export interface MappedPeople {
  findSlackPerson(teamId: string, userId: string, email?: string): Principal | undefined;
  mapsEmailsOf(teamId: string): boolean;
  readonly localPerson: Principal;
  readonly automation: Principal | undefined;
}

/** Maps accounts to people as one valid file says. Pure: the same file and account are always the same person. */
export function mapPeople(file: PrincipalsFile): MappedPeople {
  const named = new Map(file.people.map((person) => [`${person.slack.team}/${person.slack.user}`, person]));
  const localIdentity = file.local?.kubernetes ?? LOCAL_IDENTITY;
  const healer = file.automation?.selfHealing;
  const users = [
    localIdentity.user,
    ...(healer ? [healer.user] : []),
    ...file.people.map(({ kubernetes }) => kubernetes.user),
  ];
  const taken = new Set(users.map((user) => user.toLowerCase()));

  function identityOf(account: string, address: TrustedAddress | undefined) {
    const person = named.get(account);
    if (person !== undefined) return { displayName: person.name, kubernetes: person.kubernetes };
    // An address that spells a user of the file would be a second account of that user.
    if (address === undefined || taken.has(address.kubernetes.user.toLowerCase())) return undefined;
    return { displayName: address.text, kubernetes: address.kubernetes };
  }

  return {
    localPerson: principalOf(file, {
      id: 'local',
      displayName: file.local?.name ?? 'Local person',
      kubernetes: localIdentity,
      source: 'local',
      names: ['local'],
    }),
    automation:
      healer &&
      principalOf(file, {
        id: 'automation:self-healing',
        displayName: 'Scarlet',
        kubernetes: healer,
        source: 'automation',
        names: [],
      }),
    mapsEmailsOf: (teamId) => file.emails?.team === teamId,
    findSlackPerson(teamId, userId, email) {
      const account = `${teamId}/${userId}`;
      const address = trustedAddress(file.emails, teamId, email);
      const identity = identityOf(account, address);
      if (identity === undefined) return undefined;
      const names = address === undefined ? [account] : [account, address.text];
      return principalOf(file, { ...identity, id: `slack:${teamId}:${userId}`, source: 'slack', names });
    },
  };
}

interface TrustedAddress {
  readonly text: string;
  readonly kubernetes: KubernetesIdentity;
}

/** The address as the file's rule takes it: of the named workspace, of a listed domain, and strictly spelt. */
function trustedAddress(
  rule: EmailRule | undefined,
  teamId: string,
  email: string | undefined,
): TrustedAddress | undefined {
  if (rule === undefined || email === undefined || rule.team !== teamId) return undefined;
  const reading = readAddress(email);
  if (reading.kind === 'refused' || !rule.domains.includes(reading.domain)) return undefined;
  const { address, local } = reading;
  return {
    text: address,
    kubernetes: { user: rule.user === '{email}' ? address : local, groups: rule.groups },
  };
}

interface Mapped extends Pick<Principal, 'id' | 'displayName' | 'kubernetes' | 'source'> {
  /** As what the teams of the file may name this person. */
  readonly names: readonly string[];
}

function principalOf({ groups }: PrincipalsFile, { names, kubernetes, ...who }: Mapped): Principal {
  const teams = Object.keys(groups)
    .filter((team) => groups[team]?.members.some((member) => names.includes(member)))
    .sort();
  const granted = teams.flatMap((team) => groups[team]?.kubernetes ?? []);
  return Object.freeze({
    ...who,
    kubernetes: Object.freeze({
      user: kubernetes.user,
      groups: Object.freeze([...new Set([...kubernetes.groups, ...granted])]),
    }),
    ...(teams.length > 0 && { teams: Object.freeze(teams) }),
  });
}
