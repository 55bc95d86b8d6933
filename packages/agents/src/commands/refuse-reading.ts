import type { ClusterConnection, Principal } from '@jamie/core';
import { type Outcome, refusal } from './outcome.ts';

/** Says that Kubernetes does not let a person read something, and who can help. `what`: for example `read pods`. */
export function refuseReading(
  person: Principal,
  what: string,
  namespace: string | undefined,
  connection: ClusterConnection,
): Outcome {
  return refusal(
    `Kubernetes does not let ${person.kubernetes.user} ${what} in ${namespace ?? 'the whole cluster'} on ${connection.info.name}. Ask somebody with rights there.`,
  );
}
