import type { Severity } from '../diagnosis.ts';
import type { PlanCard } from '../operations/plan-card.ts';
import type { ClusterInfo } from '../ports/cluster.ts';

/** A plan on somebody's own page. */
export interface HomePlan {
  readonly card: PlanCard;
  readonly cluster: string;
  readonly askedBy: string;
  readonly askedAt: number;
  readonly expiresAt: number;
  /** Where Slack shows the card, once that is known. */
  readonly link?: string;
}

/** A fault that is open now, as it is said in one line. */
export interface HomeFinding {
  readonly severity: Severity;
  /** For example `Deployment payments/checkout`. */
  readonly subject: string;
  readonly summary: string;
  readonly since: number;
  /** The command that says more, as it is typed after /jamie. */
  readonly command: string;
}

/** How a cluster is, as far as this person may know. */
export interface HomeCluster {
  readonly name: string;
  readonly environment: ClusterInfo['environment'];
  readonly state: 'reachable' | 'unreachable' | 'unknown';
  /** The API server's version, or why it is not reached; in words. */
  readonly detail: string;
  /** Worst first; bounded. */
  readonly findings: readonly HomeFinding[];
  /** How many findings there are beyond those. */
  readonly moreFindings: number;
  /** What could not be checked, and why, in words: without findings this is "cannot tell", not "all is well". */
  readonly unchecked: readonly string[];
}

/** What concerns one person right now, read with their rights. */
export interface HomeSummary {
  readonly at: number;
  /** Plans that wait for a decision which this person may take, oldest first; bounded. */
  readonly waiting: readonly HomePlan[];
  readonly moreWaiting: number;
  /** Open plans that this person asked for, newest first; bounded. */
  readonly own: readonly HomePlan[];
  readonly moreOwn: number;
  readonly clusters: readonly HomeCluster[];
  /** One line on everything that is connected. */
  readonly checks: string;
  /** Why all changes are stopped; absent while they are not. */
  readonly frozenBecause?: string;
  /** Who may let them go again, as a sentence. */
  readonly whoMayThaw?: string;
  readonly defaults: { readonly cluster?: string; readonly namespace?: string };
  /** What took too long to be read, in words. */
  readonly unread: readonly string[];
}
