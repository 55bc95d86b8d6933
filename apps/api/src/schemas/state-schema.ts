import { z } from 'zod';

/** One line of doctor. */
export const checkResultSchema = z.strictObject({
  name: z.string(),
  status: z.enum(['ok', 'warning', 'failed', 'off']),
  detail: z.string(),
  mend: z.string(),
});

/** The process at a glance. */
export const statusSchema = z.strictObject({
  version: z.string(),
  startedAt: z.number().describe('Milliseconds since 1970.'),
  uptimeMs: z.number(),
  person: z.strictObject({
    displayName: z.string(),
    kubernetesUser: z.string(),
    kubernetesGroups: z.array(z.string()).readonly(),
  }),
  clusters: z.array(z.string()).readonly(),
  freeze: z.strictObject({ frozen: z.boolean(), reason: z.string() }).optional(),
  examples: z.array(z.string()).readonly(),
});
