/** Pods of the workloads that were looked at, summed. */
export interface PodCounts {
  readonly wanted: number;
  readonly ready: number;
  /** Container restarts. */
  readonly restarts: number;
  /** Pods made since the change whose containers cannot start, and why, for example "CrashLoopBackOff". */
  readonly failing: { readonly pods: number; readonly reason: string };
}

/** What one look showed, at one subject or at all of them together. */
export type Observation =
  | {
      readonly kind: 'seen';
      /** Everything that was asked for is there. */
      readonly complete: boolean;
      /** Absent where no workload was looked at. */
      readonly pods?: PodCounts;
      /** What else there is to say, each the middle of a sentence. */
      readonly said: readonly string[];
      /** Why it will not become good by waiting. */
      readonly failure?: string;
      /** What is under way and will end by itself, well or badly; nobody can say which before. */
      readonly running?: string;
      /** Why nobody can judge any more, in a sentence: somebody else changed or took away what the plan left. */
      readonly changed?: string;
    }
  /** The cluster did not let us look: no data is never success. */
  | { readonly kind: 'blind'; readonly why: string };

/** An observation with something to see. */
export type Seen = Extract<Observation, { kind: 'seen' }>;

export const NO_PODS: PodCounts = { wanted: 0, ready: 0, restarts: 0, failing: { pods: 0, reason: '' } };

/** What is said when the fields that a plan wrote have other values now. */
export const CHANGED_BY_OTHERS = 'Somebody else changed the target meanwhile, so I stopped judging it.';

/** One line for the card, for example "3 of 5 ready." */
export function describeObservation(observation: Observation): string {
  if (observation.kind === 'blind') return `Cannot see the target at the moment (${observation.why}).`;
  const { pods, said } = observation;
  const facts = [...(pods === undefined ? [] : [describePods(pods)]), ...said];
  return `${facts.length === 0 ? 'As it was set' : facts.join('; ')}.`;
}

function describePods({ ready, wanted, failing }: PodCounts): string {
  const trouble = failing.pods > 0 ? `; ${failing.pods} in ${failing.reason}` : '';
  return `${ready} of ${wanted} ready${trouble}`;
}
