export {
  type Backoff,
  createJobCatalog,
  defineJob,
  JOB_CATALOG,
  type JobCatalog,
  type JobDefinition,
} from './catalog.ts';
export { createOutboxRelay, type OutboxRelay, type OutboxRelayOptions } from './outbox-relay.ts';
export { createEmbeddedJobQueue, type EmbeddedJobQueueOptions } from './queue/embedded/embedded-job-queue.ts';
