/** What one look at the target showed. */
export type Observation =
  | {
      readonly kind: 'seen';
      /** Every pod of the newest template is up, available, and nothing else is left. */
      readonly complete: boolean;
      /** The fields that the plan wrote still have the values that it gave them. */
      readonly holds: boolean;
      readonly wanted: number;
      readonly ready: number;
      readonly updated: number;
      /** Container restarts, summed over the pods. */
      readonly restarts: number;
      /** Pods made since the change whose containers cannot start, and why, for example "CrashLoopBackOff". */
      readonly failing: { readonly pods: number; readonly reason: string };
      readonly deadlineExceeded: boolean;
    }
  /** The cluster did not let us look: no data is never success. */
  | { readonly kind: 'blind'; readonly why: string };

/** One line for the card, for example "3 of 5 ready". */
export function describeObservation(observation: Observation): string {
  if (observation.kind === 'blind') return `Cannot see the target at the moment (${observation.why}).`;
  const { ready, wanted, failing } = observation;
  const trouble = failing.pods > 0 ? `; ${failing.pods} in ${failing.reason}` : '';
  return `${ready} of ${wanted} ready${trouble}.`;
}
