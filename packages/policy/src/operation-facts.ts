import type {
  BlastRadius,
  ClusterInfo,
  DirectOperation,
  ObjectManager,
  ObjectRef,
  Principal,
} from '@jamie/core';

/** What one step of a plan does to its target, in the words that rules are written in. */
export interface PlannedEffect {
  readonly operation: DirectOperation['kind'];
  readonly target: ObjectRef;
  /** Pods that the target asks for now, and after the change; 0 and 0 where it has none of its own. */
  readonly currentReplicas: number;
  readonly wantedReplicas: number;
  readonly readyReplicas: number;
  /** The most pods at a time that the target lets others start: an autoscaler's bound, the parallel pods of a Job. */
  readonly reach?: { readonly before: number; readonly after: number };
  /** Images that would be new to the target. */
  readonly images: readonly string[];
  /** What makes this effect high risk by itself, in sentences. */
  readonly concerns?: readonly string[];
}

/** Everything that a decision about an operation depends on. All of it measured, none of it said by a model. */
export interface OperationFacts {
  readonly cluster: string;
  readonly environment: ClusterInfo['environment'];
  readonly requester: Principal;
  /** In the order in which they happen; at least one. */
  readonly effects: readonly PlannedEffect[];
  readonly blastRadius: BlastRadius;
  readonly managers: readonly ObjectManager[];
  /** It takes back what was changed before: no freeze and no window stands in the way of that. */
  readonly isWayBack: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}
