import { REMEDIATIONS, RISK_TIERS } from '@jamie/core';
import { z } from 'zod';
import { OPERATION_KINDS } from './operation-kinds.ts';

/** Most rules, freezes or windows of one file: more cannot be understood, nor decided quickly. */
const MOST = 200;

const ruleName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be a short name such as two-people-for-payments');
const namespace = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'must be a namespace');
const team = z.string().min(1).max(100);
/** The grammar is checked when the policy is compiled. */
const condition = z.string().min(1).max(2_000);
const operation = z.enum(OPERATION_KINDS);
const environment = z.enum(['production', 'staging', 'development', 'demo']);

/** What a tier may ask for beyond what is built in. It never asks for less. */
const tightening = z.strictObject({
  approvals: z.int().min(1).max(5).optional(),
  requesterCounts: z.literal(false, { error: 'may only be false: a rule never lets somebody in' }).optional(),
  fromTeams: z.array(team).min(1).optional(),
  expiresAfterMinutes: z.int().min(1).max(60).optional(),
  watchMinutes: z.int().min(0).max(120).optional(),
});
export type Tightening = z.infer<typeof tightening>;

const rule = tightening
  .extend({
    name: ruleName,
    when: condition,
    /** What people are told when the rule refuses the change. */
    deny: z.string().min(1).max(300).optional(),
    tier: z.enum(RISK_TIERS).optional(),
    because: z.string().min(1).max(200).optional(),
  })
  .refine((given) => Object.keys(given).some((key) => !['name', 'when', 'because'].includes(key)), {
    error: 'must say what it does: deny, tier, approvals, fromTeams …',
  });
export type Rule = z.infer<typeof rule>;

const freeze = z
  .strictObject({
    name: ruleName,
    from: z.iso.datetime({ offset: true }),
    until: z.iso.datetime({ offset: true }),
    when: condition.optional(),
  })
  .refine(({ from, until }) => Date.parse(from) < Date.parse(until), { error: 'must end after it begins' });
export type Freeze = z.infer<typeof freeze>;

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 22:00');

const maintenanceWindow = z
  .strictObject({
    name: ruleName,
    /** What may happen inside the window only. */
    when: condition,
    days: z
      .array(z.enum(DAYS))
      .min(1)
      .default([...DAYS]),
    from: timeOfDay,
    /** Before `from`: on the next day. */
    until: timeOfDay,
    timeZone: z
      .string()
      .refine(isTimeZone, { error: 'must be a time zone such as Europe/Berlin' })
      .default('UTC'),
  })
  .refine(({ from, until }) => from !== until, { error: 'must not begin and end at the same time' });
export type MaintenanceWindow = z.infer<typeof maintenanceWindow>;

/** So many plans are counted, and no more: a limit beyond would never be reached. */
const MOST_PLANS = 1_000;
const limits = z.strictObject({
  perPersonPerDay: z.int().min(0).max(MOST_PLANS).optional(),
  perChannelPerDay: z.int().min(0).max(MOST_PLANS).optional(),
  perDay: z.int().min(0).max(MOST_PLANS).optional(),
  openPerPerson: z.int().min(1).max(MOST_PLANS).optional(),
});

const registry = z
  .string()
  .max(253)
  .regex(
    /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?(:\d{1,5})?(\/[a-z0-9]([a-z0-9._-]*[a-z0-9])?)*\/?$/,
    'must be a registry or a part of one, without a tag, such as registry.example.com/ or ghcr.io/acme/',
  );

const BYTES = { Mi: 2 ** 20, Gi: 2 ** 30 };
const memory = z
  .string()
  .regex(/^[1-9]\d{0,6}(Mi|Gi)$/, 'must be an amount of memory such as 512Mi or 2Gi')
  .transform((text) => Number.parseInt(text, 10) * BYTES[text.slice(-2) as keyof typeof BYTES]);

const healingPlace = z
  .string()
  .regex(/^slack:[A-Z0-9]+:[A-Z0-9]+$/, 'must be a channel or a person such as slack:T1:C1')
  .transform((text) => {
    const [, teamId = '', channelId = ''] = text.split(':');
    return { teamId, channelId };
  });

const remediation = z.enum(REMEDIATIONS, { error: `must be one of ${REMEDIATIONS.join(', ')}` });

const autonomy = z
  .strictObject({
    namespaces: z.array(namespace).default([]),
    /** Whether nodes may be cordoned under this entry. */
    nodes: z.boolean().default(false),
    /** `suggest`: a card that people decide. `act`: what is named below starts by itself, unless it is high risk. */
    level: z.enum(['suggest', 'act']),
    remediations: z.array(remediation).min(1),
    /** For one fault of one object within 24 hours. */
    attempts: z.int().min(1).max(10).default(3),
    memoryCeiling: memory.default(BYTES.Gi),
    /** How long whoever rolled out a revision that does not start has to mend it; Kubernetes' own progress deadline is ten. */
    rolloutWaitMinutes: z.int().min(2).max(60).default(10),
    reportTo: z.array(healingPlace).default([]),
  })
  .refine(({ namespaces, nodes }) => namespaces.length > 0 || nodes, {
    error: 'must name namespaces, or nodes: true',
  });

const breakGlass = z.strictObject({
  teams: z.array(team).min(1),
  owners: z
    .array(z.string().regex(/^(slack:[A-Z0-9]+:[A-Z0-9]+|local)$/, 'must be a person such as slack:T1:U1'))
    .min(1),
  expiresAfterMinutes: z.int().min(1).max(15).default(15),
  reviewWithinHours: z.int().min(1).max(168).default(24),
});

/** Who may stop all changes at once (`freeze`) and let them go again (`unfreeze`). */
const freezeSwitch = z
  .strictObject({
    /** Absent: everybody who is known may stop them. */
    teams: z.array(team).min(1).optional(),
    /** Absent: the teams above. Whoever stopped them may always let them go again. */
    thawTeams: z.array(team).min(1).optional(),
  })
  .refine(({ teams, thawTeams }) => teams !== undefined || thawTeams !== undefined, {
    error: 'must name teams or thawTeams',
  });

/** Facts of a made-up change, for the tests of a policy. What is left out is harmless. */
const givenFacts = z.strictObject({
  operations: z.array(operation).min(1),
  kind: z.string().min(1).default('Deployment'),
  name: z.string().min(1).default('example'),
  namespace: namespace.default('default'),
  cluster: z.string().min(1).default('example'),
  environment: environment.default('production'),
  requester: z.string().default('ada'),
  teams: z.array(team).default([]),
  images: z.array(z.string()).default([]),
  currentReplicas: z.int().min(0).default(3),
  wantedReplicas: z.int().min(0).default(3),
  readyReplicas: z.int().min(0).default(3),
  podsAffected: z.int().min(0).default(0),
  share: z.number().min(0).max(1).default(0),
  services: z.array(z.string()).default([]),
  reverts: z.boolean().default(false),
  isWayBack: z.boolean().default(false),
  at: z.iso.datetime({ offset: true }).default('2026-01-01T12:00:00Z'),
});
export type GivenFacts = z.infer<typeof givenFacts>;

const policyTest = z.strictObject({
  name: z.string().min(1).max(200),
  given: givenFacts,
  expect: z.strictObject({
    decision: z.enum(['allow', 'deny']),
    rule: z.string().optional(),
    tier: z.enum(RISK_TIERS).optional(),
    approvals: z.int().optional(),
    requesterCounts: z.boolean().optional(),
  }),
});
export type PolicyTest = z.infer<typeof policyTest>;

/** The rules of a team as they are written in one file. */
export const teamPolicySchema = z.strictObject({
  /** The version of this format. */
  version: z.literal(1),
  name: ruleName,
  protectedNamespaces: z.array(namespace).default([]),
  /** Absent: all that are built in. */
  allowedOperations: z.array(operation).min(1).optional(),
  tiers: z.partialRecord(z.enum(RISK_TIERS), tightening).default({}),
  environments: z.partialRecord(environment, z.partialRecord(z.enum(RISK_TIERS), tightening)).default({}),
  rules: z.array(rule).max(MOST).default([]),
  freezes: z.array(freeze).max(MOST).default([]),
  maintenanceWindows: z.array(maintenanceWindow).max(MOST).default([]),
  /** Where images may come from, for example `registry.example.com/` or `ghcr.io/acme/`. */
  imageRegistries: z.array(registry).min(1).optional(),
  replicaCeiling: z.int().min(1).max(10_000).optional(),
  replicaCeilings: z.record(namespace, z.int().min(1).max(10_000)).default({}),
  limits: limits.default({}),
  autonomy: z.array(autonomy).max(MOST).default([]),
  breakGlass: breakGlass.optional(),
  freeze: freezeSwitch.optional(),
  tests: z.array(policyTest).max(MOST).default([]),
});
export type TeamPolicy = z.infer<typeof teamPolicySchema>;

export { givenFacts as givenFactsSchema };

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
