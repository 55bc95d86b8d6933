import type {
  ClusterConnection,
  FreezeState,
  Intent,
  IntentId,
  IntentOutcome,
  PlanRecord,
  Step,
  StoreChange,
  WritePermit,
} from '@jamie/core';
import type { Comparison } from './compare-target.ts';
import type { LiveObject } from './read-live.ts';

/** One step that is to be carried out, and what it is carried out with. */
export interface StepRun {
  readonly connection: ClusterConnection;
  readonly phase: Intent['phase'];
  readonly step: Step;
  readonly permit: WritePermit;
  /** The freeze as it was read at the start; absent for a rollback, which no freeze stops. */
  readonly freeze?: FreezeState;
  /** Earlier steps of the same phase have had their effect: an object that was to go and is gone needs no request. */
  readonly isUnderWay: boolean;
  /** The object as it was read a moment ago, for this step. */
  readonly seen?: LiveObject | undefined;
  /** Asked right before something is sent: why it must not be, or undefined. */
  readonly refusal?: () => Promise<string | undefined>;
}

/** Why a step was not carried out. */
export interface StopFacts {
  readonly record: PlanRecord;
  readonly step: Step;
  /** Set once the intent was written. */
  readonly intentId: IntentId | undefined;
  /** The request may have been sent, and nobody can tell whether it had its effect. */
  readonly inDoubt: boolean;
}

export type StepStop =
  /** The object is not as it was previewed. */
  | (StopFacts & {
      readonly kind: 'moved';
      readonly comparison: Exclude<Comparison, { kind: 'as_previewed' }>;
    })
  /** The object that the step makes is not there, long after it may have been made: nobody can tell whether it ever was. */
  | (StopFacts & { readonly kind: 'vanished' })
  /** The request was refused for good. It changed nothing. */
  | (StopFacts & { readonly kind: 'rejected'; readonly reason: string })
  /** What let the plan start does not hold any more. Nothing was sent. */
  | (StopFacts & { readonly kind: 'withdrawn'; readonly reason: string })
  /** The cluster does not let us look at the object. */
  | (StopFacts & { readonly kind: 'unreadable'; readonly reason: string })
  /** A disruption budget does not allow the eviction now. It changed nothing. */
  | (StopFacts & { readonly kind: 'blocked'; readonly reason: string })
  /** All changes are frozen, and the effect is not there yet. */
  | (StopFacts & { readonly kind: 'frozen' });

export type StepResult =
  | {
      readonly kind: 'done';
      readonly record: PlanRecord;
      readonly outcome: IntentOutcome;
      /** What records the outcome; to be committed before anything else is done. */
      readonly changes: readonly StoreChange[];
    }
  | StepStop;
