import type { ClusterConnection, OpsErrorCode, Principal, UsageSample } from '@jamie/core';
import { isOpsError } from '@jamie/core';

/** What was measured; or why nothing was, in a sentence that says what to do. */
export type Usage =
  | { readonly kind: 'measured'; readonly samples: readonly UsageSample[] }
  | { readonly kind: 'unmeasured'; readonly why: string };

/** Failures that leave requests and limits to be shown; any other ends the request. */
const BEARABLE: readonly OpsErrorCode[] = ['unavailable', 'forbidden', 'timeout', 'rate_limited'];

/** Reads usage as the person. That nothing measures is an answer, not an error. */
export async function readUsage(
  connection: ClusterConnection,
  person: Principal,
  of: 'pods' | 'nodes',
  namespace: string | undefined,
): Promise<Usage> {
  try {
    const samples = await connection.reader.readUsage(of, namespace, person.kubernetes);
    return { kind: 'measured', samples };
  } catch (error) {
    if (!isOpsError(error) || !BEARABLE.includes(error.code)) throw error;
    const { user } = person.kubernetes;
    const why =
      error.code === 'forbidden'
        ? `Kubernetes does not let ${user} read what ${of} use (${of}.metrics.k8s.io). Ask somebody with rights there.`
        : (error.userMessage ?? `What ${of} use could not be read: ${error.message}.`);
    return { kind: 'unmeasured', why };
  }
}
