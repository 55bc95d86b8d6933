import { z } from 'zod';

/** Groups of Kubernetes' own that a person may carry. Every authenticated user is in it anyway. */
const ALLOWED_SYSTEM_GROUPS: ReadonlySet<string> = new Set(['system:authenticated']);

/** What an impersonation header carries unchanged. */
const PRINTABLE = /^[\x20-\x7e]*$/;
/** RFC 1123 host names, lower case, of two labels or more. */
const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

const named = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(256)
  .regex(PRINTABLE, 'must be printable ASCII: anything else would reach Kubernetes as another name');

const kubernetesUser = named.refine(
  (user) => !user.startsWith('system:'),
  'must not be a system: user; name a person',
);

const kubernetesGroups = z.array(
  named.refine(
    (group) => !group.startsWith('system:') || ALLOWED_SYSTEM_GROUPS.has(group),
    'must not be a system: group (system:masters goes round every rule); grant rights to a group of your own',
  ),
);

const kubernetesIdentity = z.strictObject({ user: kubernetesUser, groups: kubernetesGroups.default([]) });

/** As whom faults are healed by themselves, unless the file names another user. */
const SELF_HEALING_USER = 'jamie-scarlet:self-healing';

const automation = z.strictObject({
  selfHealing: z.strictObject({
    user: kubernetesUser.default(SELF_HEALING_USER),
    groups: kubernetesGroups.default([]),
  }),
});

const name = z.string().trim().min(1, 'must not be empty').max(100);

const team = z.string().regex(/^[TE][A-Z0-9]{2,}$/, 'must be a Slack team id such as T0123ABCD');
const slackAccount = z.strictObject({
  team,
  user: z.string().regex(/^[UW][A-Z0-9]{2,}$/, 'must be a Slack user id such as U0123ABCD'),
});

/** Whom an address makes known that Slack has confirmed. */
const emailRule = z
  .strictObject({
    /** One workspace: the same address in two would be two accounts of one Kubernetes user. */
    team,
    domains: z
      .array(z.string().regex(DOMAIN, 'must be a domain in lower case such as example.com'))
      .min(1, 'must name a domain'),
    user: z
      .enum(['{email}', '{local}'], 'must be "{email}" or "{local}" (the part before the @)')
      .default('{email}'),
    groups: kubernetesGroups.default([]),
  })
  .refine(({ user, domains }) => user === '{email}' || domains.length === 1, {
    path: ['user'],
    message:
      'must be "{email}" with several domains: ada@one.example and ada@two.example would be one user with "{local}"',
  });

/** A member of a team: an account, an address that Slack has confirmed, or the person at this machine. */
const member = z
  .string()
  .regex(
    /^(local|[TE][A-Z0-9]{2,}\/[UW][A-Z0-9]{2,}|[^@/\s]+@[^@/\s]+)$/,
    'must be TEAM/USER such as T0123ABCD/U0123ABCD, an e-mail address, or "local"',
  );

const teamOfPeople = z.strictObject({
  members: z.array(member).default([]),
  /** Kubernetes groups of every member. */
  kubernetes: kubernetesGroups.default([]),
});

/** The principals file: who is who in Slack and in Kubernetes. Unknown keys are refused: they are usually typos. */
export const principalsFileSchema = z.strictObject({
  people: z.array(z.strictObject({ name, slack: slackAccount, kubernetes: kubernetesIdentity })).default([]),
  /** Who the person at the local page and the CLI is. */
  local: z.strictObject({ name: name.optional(), kubernetes: kubernetesIdentity }).optional(),
  /** What the product may do as itself; absent: nothing. */
  automation: automation.optional(),
  emails: emailRule.optional(),
  /** Teams by name; policy names them, and Kubernetes knows only the groups that they bring. */
  groups: z
    .record(
      z.string().regex(/^[a-z0-9][-a-z0-9]{0,62}$/, 'must be a name in lower case such as payments-leads'),
      teamOfPeople,
    )
    .default({}),
});

export type PrincipalsFile = z.output<typeof principalsFileSchema>;
export type EmailRule = z.output<typeof emailRule>;
