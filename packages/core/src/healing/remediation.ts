/**
 * What may be done by itself against a fault that was found, by name.
 * `roll-back`: a Deployment whose newest revision cannot start goes back to the one before.
 * `raise-memory`: a container that was killed for want of memory gets more, within a ceiling.
 * `delete-failed-pods`: evicted and failed pods that nobody needs any more are removed.
 * `rerun-job`: a Job that failed or is stuck is run again.
 * `cordon-node`: a node that stays not ready gets no new pods.
 */
export const REMEDIATIONS = [
  'roll-back',
  'raise-memory',
  'delete-failed-pods',
  'rerun-job',
  'cordon-node',
] as const;
export type Remediation = (typeof REMEDIATIONS)[number];
