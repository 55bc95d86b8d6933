import {
  type HealingCaseId,
  operationFields,
  type PlanId,
  parseHealingCaseId,
  parsePlanId,
} from '@jamie/core';
import { z } from 'zod';

/** Most replicas that a command may ask for. */
export const MAX_REPLICAS = 10_000;
/** Longest time that a log is followed for, in seconds. */
export const MAX_FOLLOW_SECONDS = 300;
const WEEK_SECONDS = 7 * 24 * 60 * 60;

const name = (what: string) =>
  z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, { error: (issue) => `"${issue.input}" is no ${what}.` });

/** Stands for a namespace where all of them are meant: `-A`. */
export const EVERY_NAMESPACE = '*';

/** Where a command is to look or act, as typed; resolved against the cluster later. */
export const placeSchema = z.strictObject({
  namespace: z.union([z.literal(EVERY_NAMESPACE), name('name of a namespace')]).exactOptional(),
  cluster: z
    .string()
    .regex(/^[\w.:@/-]{1,253}$/, { error: (issue) => `"${issue.input}" is no name of a cluster.` })
    .exactOptional(),
});
export type Place = z.infer<typeof placeSchema>;

/** The words that name an object, resolved against the cluster later. Empty: what was last spoken of. */
export const wordsSchema = z.array(z.string().min(1)).readonly();

export const planIdSchema = z
  .string()
  .refine((text) => parsePlanId(text) !== undefined, {
    error: (issue) => `"${issue.input}" is not a plan id. It stands on the card and looks like p-4k7d2m9q.`,
  })
  .transform((text): PlanId => parsePlanId(text) as PlanId);

export const caseIdSchema = z
  .string()
  .refine((text) => parseHealingCaseId(text) !== undefined, {
    error: (issue) =>
      `"${issue.input}" is not the id of a case. It stands on the card and looks like h-4k7d2m9q; healing lists them.`,
  })
  .transform((text): HealingCaseId => parseHealingCaseId(text) as HealingCaseId);

/** A change of the replica count: to a number, by a difference, or by a factor; absolute once the plan is made. */
export const replicaAmountSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('to'),
    replicas: z
      .int()
      .min(0)
      .max(MAX_REPLICAS, {
        error: (issue) => `${issue.input} replicas is more than I accept (${MAX_REPLICAS}).`,
      }),
  }),
  z.strictObject({
    kind: z.literal('by'),
    difference: z
      .int()
      .min(-MAX_REPLICAS)
      .max(MAX_REPLICAS, {
        error: (issue) => `${issue.input} more replicas is more than I accept (${MAX_REPLICAS}).`,
      }),
  }),
  z.strictObject({
    kind: z.literal('times'),
    factor: z
      .number()
      .gt(0, { error: 'A factor is greater than 0; to stop everything, scale to 0.' })
      .max(100, { error: 'A factor is at most 100.' }),
  }),
]);
export type ReplicaAmount = z.infer<typeof replicaAmountSchema>;

/** A container, as Kubernetes lets it be called. */
export const containerSchema = z
  .string()
  .refine((text) => operationFields.containerName.safeParse(text).success, {
    error: (issue) => `"${issue.input}" is no name of a container.`,
  });

/** An amount of CPU or memory. */
export const quantitySchema = z.string().refine((text) => operationFields.quantity.safeParse(text).success, {
  error: (issue) => `"${issue.input}" is no amount: CPU is typed like 250m or 2, memory like 512Mi or 1Gi.`,
});

/** An image by its name, with a tag or a digest. */
export const imageSchema = z.string().refine((text) => operationFields.image.safeParse(text).success, {
  error: (issue) => `"${issue.input}" is no image. It looks like registry.example.com/shop/cart:1.4.3.`,
});

/** The key of a label or an annotation. */
export const markKeySchema = z.string().refine((text) => operationFields.markKey.safeParse(text).success, {
  error: (issue) => `"${issue.input}" is no key. A key looks like team or example.com/team.`,
});

/** The value of a label. */
export const labelValueSchema = z
  .string()
  .refine((text) => operationFields.labelValue.safeParse(text).success, {
    error: (issue) =>
      `"${issue.input}" is no value of a label: up to 63 letters, digits, "-", "_" and ".", a letter or digit first and last. An annotation takes any text.`,
  });

export const pageSchema = z
  .int({ error: 'A page is a whole number, for example --page 2.' })
  .min(1, { error: 'Pages begin at 1.' })
  .max(10_000, { error: 'There are not that many pages.' });

/** A stretch of time that ends now, in seconds. */
export const sinceSecondsSchema = z
  .int({ error: 'I read times like 90s, 10m, 2h or 1d.' })
  .min(1, { error: 'The stretch of time must be at least a second, for example 10m.' })
  .max(WEEK_SECONDS, { error: 'I look back for at most a week (7d).' });

export const revisionSchema = z
  .int({ error: (issue) => `"${issue.input}" is not a revision number.` })
  .min(1, { error: 'Revision numbers begin at 1.' });
