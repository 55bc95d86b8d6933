import { type JsonObject, OpsError } from '@jamie/core';
import { z } from 'zod';

/** initialMs doubles with each attempt up to maxMs. `jitter` (0..1) is the share of it that chance may take off. */
export interface Backoff {
  readonly kind: 'exponential';
  readonly initialMs: number;
  readonly maxMs: number;
  readonly jitter: number;
}

/** What the queue must know of a kind of job. */
export interface JobDefinition {
  readonly name: string;
  readonly schema: z.ZodType<JsonObject>;
  /** Runs that may end in a retryable error. Runs cut short by a dead or stopping worker do not count. */
  readonly maxAttempts: number;
  readonly backoff: Backoff;
  /** A run that takes longer is told to stop and counts as a failed attempt. */
  readonly timeoutMs: number;
  /**
   * Somebody approved it and waits for its effect: other work that begins beside it in the same process stands back for a
   * moment. Default: false.
   */
  readonly goesFirst?: boolean;
}

export type JobCatalog = ReadonlyMap<string, JobDefinition>;

/** Throws config_invalid for a definition that cannot work. */
export function defineJob(definition: JobDefinition): JobDefinition {
  const { maxAttempts, timeoutMs, backoff } = definition;
  const isSound =
    Number.isInteger(maxAttempts) &&
    maxAttempts >= 1 &&
    timeoutMs > 0 &&
    backoff.initialMs >= 0 &&
    backoff.maxMs >= backoff.initialMs &&
    backoff.jitter >= 0 &&
    backoff.jitter <= 1;
  if (isSound) return definition;
  throw new OpsError('config_invalid', 'a job definition is not sound', {
    details: { name: definition.name },
  });
}

/** Throws config_invalid when two definitions have one name. */
export function createJobCatalog(definitions: readonly JobDefinition[]): JobCatalog {
  const catalog = new Map(definitions.map((definition) => [definition.name, definition]));
  if (catalog.size === definitions.length) return catalog;
  throw new OpsError('config_invalid', 'two jobs have the same name', {
    details: { names: definitions.map((definition) => definition.name) },
  });
}

const id = z.string().min(1).max(200);
const planJob = z.strictObject({ planId: id });

/** A request or an effect must survive an outage of the API server of some minutes. */
const patient: Backoff = { kind: 'exponential', initialMs: 500, maxMs: 30_000, jitter: 0.5 };

/** Every background job of the product. Recipe for another: CONTRIBUTING.md, "Adding a job". */
export const JOB_CATALOG: JobCatalog = createJobCatalog([
  defineJob({
    name: 'requests.handle',
    schema: z.strictObject({ requestId: id }),
    maxAttempts: 8,
    backoff: patient,
    timeoutMs: 120_000,
  }),
  defineJob({
    name: 'requests.follow',
    schema: z.strictObject({
      messageId: id,
      tick: z.int().min(1),
      cluster: id,
      namespace: id,
      pod: z.string().min(1).max(253),
      container: id,
      sinceSeconds: z.int().min(1).exactOptional(),
      tailLines: z.int().min(1).exactOptional(),
      grep: z.string().min(1).max(200).exactOptional(),
    }),
    maxAttempts: 6,
    backoff: { kind: 'exponential', initialMs: 500, maxMs: 10_000, jitter: 0.5 },
    timeoutMs: 30_000,
  }),
  defineJob({
    name: 'operations.execute',
    schema: planJob,
    maxAttempts: 20,
    backoff: patient,
    timeoutMs: 120_000,
    goesFirst: true,
  }),
  defineJob({
    name: 'operations.verify',
    schema: z.strictObject({ planId: id, tick: z.int().min(0) }),
    maxAttempts: 20,
    backoff: patient,
    timeoutMs: 60_000,
  }),
  defineJob({
    name: 'operations.expire',
    schema: planJob,
    maxAttempts: 20,
    backoff: patient,
    timeoutMs: 30_000,
  }),
  defineJob({
    name: 'operations.rollback',
    schema: planJob,
    maxAttempts: 20,
    backoff: patient,
    timeoutMs: 120_000,
    goesFirst: true,
  }),
  defineJob({
    name: 'agents.wait',
    schema: planJob,
    maxAttempts: 20,
    backoff: patient,
    timeoutMs: 60_000,
  }),
  defineJob({
    name: 'agents.resume',
    schema: planJob,
    maxAttempts: 20,
    backoff: patient,
    timeoutMs: 60_000,
  }),
  defineJob({
    name: 'notifications.show',
    schema: z.strictObject({ messageId: id, version: z.int().min(0) }),
    // Slack may be away for an hour, with pauses of a minute at the least, and a full channel asks a message back every
    // half a minute. A newer version of the message has its own job.
    maxAttempts: 150,
    backoff: { kind: 'exponential', initialMs: 500, maxMs: 120_000, jitter: 0.5 },
    // Several files of a megabyte over a slow line.
    timeoutMs: 120_000,
  }),
]);

/** Throws config_invalid unless every job of the catalog has a processor and every processor a job. */
export function requireSameJobs(catalog: JobCatalog, processorNames: readonly string[]): void {
  const withoutProcessor = [...catalog.keys()].filter((name) => !processorNames.includes(name));
  const withoutDefinition = processorNames.filter((name) => !catalog.has(name));
  if (withoutProcessor.length === 0 && withoutDefinition.length === 0) return;
  throw new OpsError('config_invalid', 'the job catalogue and the processors do not match', {
    details: { withoutProcessor, withoutDefinition },
  });
}

/** Checks a payload against its job's schema. Throws invalid_input for an unknown job or a payload that does not fit. */
export function parsePayload(catalog: JobCatalog, name: string, payload: unknown): JsonObject {
  const definition = catalog.get(name);
  if (definition === undefined) {
    throw new OpsError('invalid_input', 'no job of this name is in the catalogue', { details: { name } });
  }
  const result = definition.schema.safeParse(payload);
  if (result.success) return result.data;
  throw new OpsError('invalid_input', 'the payload does not fit its job', {
    details: { name },
    cause: result.error,
  });
}
