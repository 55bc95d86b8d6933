import type { AuditEntry, AuditRecord, JsonObject, JsonValue } from '@jamie/core';
import { isJsonObject } from '@jamie/core';
import { formatInstant, verbOf } from './describe-audit.ts';

/** Moves that repeat the one before, unless they carry an intent: what verification saw, and renewed leases. */
const HEARTBEATS: ReadonlySet<string> = new Set(['plan.observed', 'plan.lease_renewed']);
/** Enough of a digest to compare by eye; the whole one is in the export. */
const DIGEST_DIGITS = 12;

/** Whether a record tells of something that somebody decided or did. */
export function isDecision({ entry }: AuditRecord): boolean {
  return !HEARTBEATS.has(entry.kind) || 'intents' in entry.details || 'ended' in entry.details;
}

/** One record as a row: number, when, who, what, and everything that it says of the decision. Pure. */
export function describeDecision({ sequence, entry }: AuditRecord): readonly string[] {
  return [String(sequence), formatInstant(entry.at), entry.actor, whatOf(entry), joined(factsOf(entry))];
}

/** Whole sentences among them lose their full stop where another fact follows. */
function joined(facts: readonly string[]): string {
  return facts.map((fact, index) => (index < facts.length - 1 ? fact.replace(/\.$/, '') : fact)).join('; ');
}

const WHAT: Readonly<Record<string, string>> = {
  'request.received': 'asked',
  'plan.lease_taken': 'took the work',
  'plan.lease_renewed': 'about to send',
  'plan.step_done': 'did a step',
  'plan.step_restored': 'restored a step',
  'plan.blocked': 'was held up',
  'plan.reviewed': 'reviewed',
};

function whatOf({ kind }: AuditEntry): string {
  return WHAT[kind] ?? verbOf(kind) ?? kind;
}

function factsOf({ kind, details }: AuditEntry): readonly string[] {
  if (kind === 'request.received') return [`“${textOf(details['text'])}”`];
  if (kind === 'plan.proposed') return proposalFacts(details);
  return [
    ...(typeof details['reason'] === 'string' && details['reason'] !== '' ? [details['reason']] : []),
    ...listOf(details['votes']).map(describeVote),
    ...describeSignedDecision(details['decision']),
    ...listOf(details['intents']).map(describeIntent),
    ...listOf(details['ended']).map(
      ({ intentId, outcome }) => `${textOf(intentId)}: ${describeOutcome(outcome)}`,
    ),
    ...(typeof details['text'] === 'string' ? [details['text']] : []),
  ];
}

function proposalFacts(details: JsonObject): readonly string[] {
  const { headline, hash, tier, policyVersion, approvals, replaces } = details;
  return [
    textOf(headline),
    `plan ${short(hash)}`,
    `${textOf(tier)} risk`,
    ...(policyVersion === undefined ? [] : [`policy ${textOf(policyVersion)}`]),
    ...(approvals === undefined ? [] : [`approvals needed: ${textOf(approvals)}`]),
    ...(replaces === undefined ? [] : [`in the place of ${textOf(replaces)}`]),
  ];
}

function describeVote({ by, user, vote, reason, planHash, onBehalfOf }: JsonObject): string {
  const standIn = onBehalfOf === undefined ? '' : ` for ${textOf(onBehalfOf)}`;
  const why = reason === undefined || reason === '' ? '' : `: “${textOf(reason)}”`;
  return `${textOf(vote)} by ${textOf(by)} (${textOf(user)})${standIn} of plan ${short(planHash)}${why}`;
}

function describeSignedDecision(decision: JsonValue | undefined): readonly string[] {
  if (!isJsonObject(decision)) return [];
  const { basis, statement, signature } = decision;
  const keyId = isJsonObject(signature) ? textOf(signature['keyId']) : '';
  return [`decided by ${textOf(basis)}, statement ${short(statement)}, signed with key ${keyId}`];
}

function describeIntent({ intentId, phase, stepId, epoch, request, outcome }: JsonObject): string {
  const end = outcome === undefined ? '' : `: ${describeOutcome(outcome)}`;
  const what = request === undefined ? '' : `, request ${short(request)}`;
  return `${textOf(intentId)} to ${textOf(phase)} step ${textOf(stepId)}, epoch ${textOf(epoch)}${what}${end}`;
}

function describeOutcome(outcome: JsonValue | undefined): string {
  if (!isJsonObject(outcome)) return 'unknown';
  const { kind, resourceVersion, reason } = outcome;
  if (kind === 'not_applied') return `not applied, ${textOf(reason)}`;
  return `${kind === 'applied' ? 'applied' : 'in effect already'} at version ${textOf(resourceVersion)}`;
}

function short(digest: JsonValue | undefined): string {
  return textOf(digest).slice(0, DIGEST_DIGITS);
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function listOf(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
