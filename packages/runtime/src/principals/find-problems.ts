import type { EmailRule, PrincipalsFile } from './principals-file.ts';
import { readAddress } from './read-address.ts';

/**
 * What is wrong beyond the shape: one Slack account or one Kubernetes user for two people, and members of teams who
 * can never be anybody. Pure.
 */
export function findProblems(file: PrincipalsFile): readonly string[] {
  return [...findSharedIdentities(file), ...findEmptyMembers(file)];
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
