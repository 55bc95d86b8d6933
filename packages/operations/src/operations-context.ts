import type {
  Clock,
  Clusters,
  Digest,
  IdSource,
  Logger,
  People,
  PermitMint,
  Signer,
  Store,
} from '@jamie/core';
import type { PolicySource } from '@jamie/policy';

/** Durations of the operation life. All in milliseconds; tests scale them down. */
export interface OperationsTiming {
  /** How long one worker may act without renewing its claim. */
  readonly leaseMs: number;
  /** Between two observations while a change is being verified, and while it is being watched. */
  readonly verifyIntervalMs: number;
  readonly watchIntervalMs: number;
  /** How long the target must hold all conditions without a break. */
  readonly readyForMs: number;
  /** How long a rollout may take. */
  readonly verifyWithinMs: number;
  /** New pods that fail for this long end the verification early; a watched target that is worse for this long, too. */
  readonly failFastAfterMs: number;
  /** Between two tries of an eviction that a disruption budget holds up, and how long it is tried. */
  readonly evictionRetryMs: number;
  readonly evictionWithinMs: number;
  /** How long a plan that has begun waits for a cluster that does not answer; then it ends and says how far it got. */
  readonly answerWithinMs: number;
  /** Multiplies the watch window of the tier when a plan is made; 1 unless a team or a test wants it shorter. */
  readonly watchScale: number;
}

/** What operations need of the world. */
export interface OperationsContext {
  readonly store: Store;
  readonly clusters: Clusters;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly digest: Digest;
  readonly permits: PermitMint;
  /** Looks again at who votes, and before the start at who asked and who approved. */
  readonly people: People;
  readonly policy: PolicySource;
  /** Signs decisions, and checks them before anything is sent. */
  readonly signer: Signer;
  readonly logger: Logger;
  /** Names this process as owner of execution leases. */
  readonly instanceId: string;
  readonly ownNamespace: string;
  readonly timing: OperationsTiming;
}
