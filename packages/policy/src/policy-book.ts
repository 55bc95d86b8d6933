import type { Remediation, Risk } from '@jamie/core';
import type { BreakGlassRule } from './break-glass.ts';
import type { FreezeRule } from './freeze.ts';
import type { OperationFacts } from './operation-facts.ts';
import { POLICY_VERSION } from './policy-version.ts';
import { assessRisk } from './risk.ts';

/** What has been asked for so far, as far as limits need to know. */
export interface PolicyUsage {
  /** Plans of this person, of this channel and of everybody since the day began (UTC). */
  readonly byPersonToday: number;
  readonly inChannelToday: number;
  readonly today: number;
  /** Plans of this person that wait for a decision. */
  readonly openOfPerson: number;
}

/** How many plans may be asked for; absent: as many as people like. */
export interface PolicyLimits {
  readonly perPersonPerDay?: number | undefined;
  readonly perChannelPerDay?: number | undefined;
  readonly perDay?: number | undefined;
  readonly openPerPerson?: number | undefined;
}

/** What may happen by itself in a namespace, and how often it is tried. */
export interface Autonomy {
  /** `suggest`: a card that people decide. `act`: what is not high risk starts by itself. */
  readonly level: 'off' | 'suggest' | 'act';
  readonly remediations: readonly Remediation[];
  /** Plans made by itself for one fault of one object within 24 hours. */
  readonly attempts: number;
  /** The most memory that a container may be given by itself, in bytes. */
  readonly memoryCeilingBytes: number;
  /** How long a rollout of which no pod is ready is left to whoever made it. */
  readonly rolloutWaitMs: number;
  /** Where cards and dossiers go; empty: to the page of this machine. */
  readonly reportTo: readonly HealingPlace[];
}

/** A channel or a person in Slack. */
export interface HealingPlace {
  readonly teamId: string;
  readonly channelId: string;
}

/** Nothing happens by itself. */
export const NO_AUTONOMY: Autonomy = {
  level: 'off',
  remediations: [],
  attempts: 0,
  memoryCeilingBytes: 0,
  rolloutWaitMs: 0,
  reportTo: [],
};

export type PolicyDecision =
  | { readonly kind: 'allow'; readonly risk: Risk; readonly rules: readonly string[] }
  /** The message says what, why and what to do. */
  | { readonly kind: 'deny'; readonly rule: string; readonly message: string };

/** The rules in force at one moment. Pure and total: the same facts always get the same decision. */
export interface PolicyBook {
  /** Names these very rules; part of every plan's hash. */
  readonly version: string;
  /** Who may start a plan alone in an emergency; absent: nobody. */
  readonly breakGlass?: BreakGlassRule;
  /** Who may stop all changes and let them go again; absent: everybody who is known. */
  readonly freeze?: FreezeRule;
  readonly limits: PolicyLimits;
  /** `undefined`: of what is in no namespace, the nodes. */
  autonomyOf(namespace: string | undefined): Autonomy;
  /** The namespaces in which anything may happen by itself or be suggested. */
  readonly autonomousNamespaces: readonly string[];
  decide(facts: OperationFacts): PolicyDecision;
}

/** Where the rules in force are asked for; they may be others the next time. */
export interface PolicySource {
  current(): PolicyBook;
}

/** The rules that hold where a team has written none of its own. */
export const BUILT_IN_POLICY: PolicyBook = {
  version: POLICY_VERSION,
  limits: {},
  autonomyOf: () => NO_AUTONOMY,
  autonomousNamespaces: [],
  decide: (facts) => ({ kind: 'allow', risk: assessRisk(facts), rules: [] }),
};
