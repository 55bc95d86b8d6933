import { LOCAL_IDENTITY } from './map-people.ts';
import type { EmailRule, PrincipalsFile } from './principals-file.ts';
import { readAddress } from './read-address.ts';

/**
 * What is wrong beyond the shape: one Slack account or one Kubernetes user for two people, and members of teams who
 * can never be anybody. Pure.
 */
export function findProblems(file: PrincipalsFile): readonly string[] {
  return [...findSharedIdentities(file), ...findSharedAutomation(file), ...findEmptyMembers(file)];
}

function findSharedIdentities({ people }: PrincipalsFile): readonly string[] {
  const problems: string[] = [];
  const accounts = new Map<string, string>();
  // Two accounts of one user could approve each other's plans.
  const users = new Map<string, string>();
  for (const [index, person] of people.entries()) {
    const where = `people[${index}]`;
    const account = `${person.slack.team}/${person.slack.user}`;
    const sameAccount = accounts.get(account);
    if (sameAccount === undefined) accounts.set(account, where);
    else problems.push(`${where}.slack: ${account} is ${sameAccount} already`);
    const { user } = person.kubernetes;
    const sameUser = users.get(user);
    if (sameUser === undefined) users.set(user, where);
    else {
      problems.push(
        `${where}.kubernetes.user: "${user}" is ${sameUser} already; each person needs a user of their own`,
      );
    }
  }
  return problems;
}

/** Whoever acts as the automation's user could be taken for it, and their approval for one of somebody else. */
function findSharedAutomation({ automation, people, local }: PrincipalsFile): readonly string[] {
  const user = automation?.selfHealing.user;
  const others = [
    ...people.map(({ kubernetes }, index) => ({ where: `people[${index}]`, user: kubernetes.user })),
    { where: 'the local person', user: (local?.kubernetes ?? LOCAL_IDENTITY).user },
  ];
  return others
    .filter((other) => other.user === user)
    .map(
      ({ where }) => `automation.selfHealing.user: "${user}" is ${where} already; it needs a user of its own`,
    );
}

function findEmptyMembers({ groups, emails }: PrincipalsFile): readonly string[] {
  return Object.entries(groups).flatMap(([team, { members }]) =>
    members.flatMap((member, index) => {
      if (!member.includes('@')) return [];
      const why = whyNobodyHas(member, emails);
      return why === undefined ? [] : [`groups.${team}.members[${index}]: "${member}" is nobody: ${why}`];
    }),
  );
}

function whyNobodyHas(member: string, emails: EmailRule | undefined): string | undefined {
  if (emails === undefined) return 'there is no emails section; name the account as TEAM/USER, or add one';
  const reading = readAddress(member);
  if (reading.kind === 'refused' || reading.address !== member) {
    return 'an address is lower-case ASCII with one @';
  }
  return emails.domains.includes(reading.domain)
    ? undefined
    : 'its domain is not one of emails.domains, so it is never trusted';
}
