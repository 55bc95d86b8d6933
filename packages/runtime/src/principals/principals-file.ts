import { z } from 'zod';

/** Groups of Kubernetes' own that a person may carry. Every authenticated user is in it anyway. */
const ALLOWED_SYSTEM_GROUPS: ReadonlySet<string> = new Set(['system:authenticated']);

const kubernetesIdentity = z.strictObject({
  user: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(256)
    .refine((user) => !user.startsWith('system:'), 'must not be a system: user; name a person'),
  groups: z
    .array(
      z
        .string()
        .trim()
        .min(1, 'must not be empty')
        .max(256)
        .refine(
          (group) => !group.startsWith('system:') || ALLOWED_SYSTEM_GROUPS.has(group),
          'must not be a system: group (system:masters goes round every rule); grant rights to a group of your own',
        ),
    )
    .default([]),
});

const name = z.string().trim().min(1, 'must not be empty').max(100);

const slackAccount = z.strictObject({
  team: z.string().regex(/^[TE][A-Z0-9]{2,}$/, 'must be a Slack team id such as T0123ABCD'),
  user: z.string().regex(/^[UW][A-Z0-9]{2,}$/, 'must be a Slack user id such as U0123ABCD'),
});

/** The principals file: who is who in Slack and in Kubernetes. Unknown keys are refused: they are usually typos. */
export const principalsFileSchema = z.strictObject({
  people: z.array(z.strictObject({ name, slack: slackAccount, kubernetes: kubernetesIdentity })).default([]),
  /** Who the person at the local page and the CLI is. */
  local: z.strictObject({ name: name.optional(), kubernetes: kubernetesIdentity }).optional(),
});

export type PrincipalsFile = z.output<typeof principalsFileSchema>;

/** What is wrong beyond the shape: one Slack account or one Kubernetes user named twice. */
export function findDuplicates(file: PrincipalsFile): readonly string[] {
  const problems: string[] = [];
  const accounts = new Map<string, number>();
  const users = new Map<string, number>();
  for (const [index, person] of file.people.entries()) {
    const account = `${person.slack.team}/${person.slack.user}`;
    const firstAccount = accounts.get(account);
    if (firstAccount !== undefined) {
      problems.push(`people[${index}].slack: ${account} is people[${firstAccount}] already`);
    } else accounts.set(account, index);
    const firstUser = users.get(person.kubernetes.user);
    // Two accounts of one user could approve each other's plans.
    if (firstUser !== undefined) {
      problems.push(
        `people[${index}].kubernetes.user: "${person.kubernetes.user}" is people[${firstUser}] already; each person needs a user of their own`,
      );
    } else users.set(person.kubernetes.user, index);
  }
  return problems;
}
