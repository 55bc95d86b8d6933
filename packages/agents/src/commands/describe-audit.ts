import type {
  AuditEntry,
  AuditRecord,
  FeedbackProblem,
  JsonValue,
  PlanId,
  PlanRecord,
  Principal,
} from '@jamie/core';
import { FEEDBACK_PROBLEMS } from '@jamie/core';
import { FEEDBACK_KIND } from '../desk/record-feedback.ts';

/**
 * The kinds that the audit command lists: what was asked for, decided and done. What people asked in words is never
 * among them; heartbeats of a running plan (observations, leases) are left out, since each repeats the one before.
 */
const VERBS: Readonly<Record<string, string>> = {
  'plan.proposed': 'asked for',
  'plan.approved': 'approved',
  'plan.vote_counted': 'voted on',
  'plan.denied': 'denied',
  'plan.replaced': 'edited',
  'plan.cancelled': 'took back',
  'plan.expired': 'let expire',
  'plan.held': 'held',
  'plan.unanswered': 'got no answer for',
  'plan.stale': 'stopped as out of date',
  'plan.refused': 'refused to run',
  'plan.failed': 'could not carry out',
  'plan.applied': 'carried out',
  'plan.verified': 'verified',
  'plan.succeeded': 'finished',
  'plan.inconclusive': 'could not judge',
  'plan.rollback_started': 'began to roll back',
  'plan.rollback_applied': 'rolled back',
  'plan.rolled_back': 'verified the rollback of',
  'plan.rollback_failed': 'could not roll back',
  'plan.undone': 'undid',
  'plan.reviewed': 'wrote the review of the emergency start of',
  'break_glass.refused': 'was not let to break the glass for',
  'break_glass.overdue': 'told the owners that a review is overdue for',
  'delegation.given': 'let somebody else stand in',
  'delegation.ended': 'lets nobody stand in any more',
  'vote.refused': 'voted without effect on',
  'vote.repeated': 'voted again on',
  'healing.found': 'found a fault',
  'healing.attempted': 'tried to heal a fault',
  'healing.ended': 'saw how an attempt to heal ended',
  'healing.escalated': 'handed a fault to people',
  'healing.resolved': 'saw that a fault is gone',
  'healing.closed': 'closed a case of self-healing',
  'answer.feedback': 'rated an answer',
  'audit.exported': 'exported the audit record',
  'audit.removed': 'removed audit records whose time was up',
  'audit.key_changed': 'signs the audit with another key',
  freeze: 'froze all changes',
  unfreeze: 'lifted the freeze',
  'freeze.refused': 'was not let to freeze all changes',
  'unfreeze.refused': 'was not let to lift the freeze',
};

/** The kinds that are listed, for AuditQuery.kindPrefixes: no listed kind begins another kind that is not. */
export const AUDITED_KINDS: readonly string[] = Object.keys(VERBS);

/** What somebody did, as people say it; undefined for a kind that is not listed. */
export function verbOf(kind: string): string | undefined {
  return VERBS[kind];
}

/** What the names and headlines of a row are taken from. */
export interface AuditNames {
  readonly plans: ReadonlyMap<string, PlanRecord>;
  /** Those who are known beside the people of the plans. */
  readonly people: readonly Principal[];
  /** All records are about this plan, which therefore need not be named in each row. */
  readonly subject?: PlanId;
}

/** One record as a row: when, who, what, result. Pure. */
export function describeAudit({ entry }: AuditRecord, names: AuditNames): readonly string[] {
  const verb = VERBS[entry.kind] ?? entry.kind;
  const what = `${verb}${objectOf(entry, names)}`;
  return [formatInstant(entry.at), whoDid(entry.actor, names), what, resultOf(entry)];
}

function objectOf({ planId, details }: AuditEntry, { plans, subject }: AuditNames): string {
  if (planId === undefined) return typeof details['caseId'] === 'string' ? `: ${details['caseId']}` : '';
  if (planId === subject) return ' it';
  const record = plans.get(planId);
  return record === undefined ? ` ${planId}` : ` ${planId}: ${record.plan.headline}`;
}

/** `2 Aug 2026 14:03:05`, in UTC. */
export function formatInstant(at: number): string {
  const date = new Date(at);
  const month = date.toLocaleString('en-GB', { month: 'short', timeZone: 'UTC' });
  return `${date.getUTCDate()} ${month.slice(0, 3)} ${date.getUTCFullYear()} ${date.toISOString().slice(11, 19)}`;
}

/** Ids are kept beside display names, which anybody may choose; steps on a cluster are done as a Kubernetes user. */
function whoDid(actor: string, { plans, people }: AuditNames): string {
  if (actor === 'system' || actor === 'healing') return 'Scarlet';
  const known = [...people, ...[...plans.values()].flatMap(peopleOf)];
  const person = known.find(({ id }) => id === actor);
  if (person !== undefined) return `${person.displayName} (${person.id})`;
  return known.some(({ kubernetes }) => kubernetes.user === actor) ? `Scarlet, as ${actor}` : actor;
}

function peopleOf({ plan, decidedBy }: PlanRecord): readonly Principal[] {
  return decidedBy === undefined ? [plan.requester] : [plan.requester, decidedBy];
}

/** Why a vote or an emergency start had no effect; the record holds the code. */
const REFUSALS: Readonly<Record<string, string>> = {
  decided: 'it was decided already',
  expired: 'it had expired',
  other_plan: 'the card showed another version',
  requester: 'whoever asked for it may not approve it',
  not_permitted: 'Kubernetes does not let them make this change',
  unknown_person: 'nobody could say any more who they are',
  already_voted: 'they had voted already',
  other_team: 'people of another team decide about this',
  automation: 'only people decide',
  no_rule: 'the policy of the team lets nobody',
  reason_missing: 'no reason was given',
  review_missing: 'a review is still owed',
  repeated: 'the same vote had been counted',
};

/** What somebody says about an answer in their own words stays in the record, like everything that people ask. */
const PROBLEMS: Readonly<Record<FeedbackProblem, string>> = {
  wrong: 'it was wrong',
  incomplete: 'something was missing',
  unclear: 'it was hard to understand',
  too_long: 'it was too long',
  too_slow: 'it took too long',
  other: 'for another reason',
};

function feedbackOf({ verdict, problem, comment }: AuditEntry['details']): string {
  const known = FEEDBACK_PROBLEMS.find((each) => each === problem);
  const parts = [
    verdict === 'helpful' ? 'helpful' : 'not helpful',
    ...(known === undefined ? [] : [PROBLEMS[known]]),
    ...(comment === undefined ? [] : ['with a comment']),
  ];
  return parts.join(', ');
}

function delegationOf({ to, until, reason }: AuditEntry['details']): string {
  const end = typeof until === 'number' ? ` until ${formatInstant(until)}` : '';
  return `${to}${end}${typeof reason === 'string' && reason !== '' ? `: ${reason}` : ''}`;
}

/** The kinds whose result is not simply their reason. */
const RESULTS: Readonly<Record<string, (details: AuditEntry['details']) => string>> = {
  [FEEDBACK_KIND]: feedbackOf,
  'audit.removed': ({ upTo, rule }) => `up to number ${upTo}, by ${rule}`,
  'audit.key_changed': ({ from, to }) => `${from}, now ${to}`,
  'freeze.refused': () => 'the policy of the team says who may',
  'unfreeze.refused': () => 'the policy of the team says who may',
  'delegation.given': delegationOf,
  'delegation.ended': delegationOf,
  'plan.reviewed': ({ text }) => String(text),
  'break_glass.refused': ({ reason }) => refusalOf(reason),
  'vote.refused': ({ vote, reason }) => `${vote}: ${refusalOf(reason)}`,
  'vote.repeated': ({ vote, reason }) => `${vote}: ${refusalOf(reason)}`,
};

function refusalOf(reason: JsonValue | undefined): string {
  return REFUSALS[String(reason)] ?? String(reason);
}

function resultOf({ kind, details }: AuditEntry): string {
  const told = RESULTS[kind];
  if (told !== undefined) return told(details);
  const { reason, tier } = details;
  if (typeof reason === 'string' && reason !== '') return reason;
  return typeof tier === 'string' ? `${tier} risk` : '';
}
