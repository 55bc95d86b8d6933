declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

export type RequestId = Id<'request'>;
export type ConversationId = Id<'conversation'>;
export type MessageId = Id<'message'>;
export type PlanId = Id<'plan'>;
export type IntentId = Id<'intent'>;
export type CorrelationId = Id<'correlation'>;
export type EvidenceId = Id<'evidence'>;
export type HealingCaseId = Id<'healing-case'>;

/** Mints ids. Injected, so that tests and replays are deterministic. */
export interface IdSource {
  /** A new id, unique across processes, as `<prefix>_<random>`. */
  next(prefix: string): string;
}

const PLAN_ID = /^p-[0-9a-hjkmnp-tv-z]{8}$/;
const HEALING_CASE_ID = /^h-[0-9a-hjkmnp-tv-z]{8}$/;
const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * The plan id of a request: short enough to type, the same whenever the request is handled again, so that a
 * repeated request finds its plan instead of making a second one. 40 bits of the request's digest.
 */
export function planIdOf(requestDigest: string): PlanId {
  return `p-${shortName(requestDigest)}` as PlanId;
}

/** The id of a case of self-healing, made like that of a plan from the digest of what the case is about. */
export function healingCaseIdOf(digest: string): HealingCaseId {
  return `h-${shortName(digest)}` as HealingCaseId;
}

function shortName(digest: string): string {
  let bits = BigInt(`0x${digest.slice(0, 10)}`);
  let text = '';
  for (let index = 0; index < 8; index += 1) {
    text = CROCKFORD[Number(bits & 31n)] + text;
    bits >>= 5n;
  }
  return text;
}

/** Reads a plan id that a person typed, upper or lower case; undefined when it is not one. */
export function parsePlanId(text: string): PlanId | undefined {
  const lower = text.trim().toLowerCase();
  return PLAN_ID.test(lower) ? (lower as PlanId) : undefined;
}

/** Reads the id of a case that a person typed, upper or lower case; undefined when it is not one. */
export function parseHealingCaseId(text: string): HealingCaseId | undefined {
  const lower = text.trim().toLowerCase();
  return HEALING_CASE_ID.test(lower) ? (lower as HealingCaseId) : undefined;
}
