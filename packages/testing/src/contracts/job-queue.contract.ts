import { jobQueueFaultsContract } from './job-queue-faults.contract.ts';
import { jobQueueRunsContract } from './job-queue-runs.contract.ts';
import type { JobQueueContractOptions } from './job-queue-subject.ts';

/** Everything that a JobQueue promises to the code above it. */
export function jobQueueContract(options: JobQueueContractOptions): void {
  jobQueueRunsContract(options);
  jobQueueFaultsContract(options);
}
