import { CONTRACT_JOBS } from '@jamie/testing';
import { z } from 'zod';
import { createJobCatalog, defineJob } from '../catalog.ts';

/** The contract's jobs as a catalog; shared with the process that it kills. */
export const CONTRACT_CATALOG = createJobCatalog(
  CONTRACT_JOBS.map(({ backoffMs, ...job }) =>
    defineJob({
      ...job,
      schema: z.strictObject({ number: z.int() }),
      backoff: { kind: 'exponential', initialMs: backoffMs, maxMs: 1_000, jitter: 0.5 },
    }),
  ),
);
