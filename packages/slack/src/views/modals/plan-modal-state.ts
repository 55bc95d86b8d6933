import { type PlanId, parsePlanId } from '@jamie/core';
import { z } from 'zod';

/** Where somebody pressed the button that opened a modal: what comes of it is told and shown there. */
export interface ModalPlace {
  readonly channelId: string;
  readonly threadTs: string;
}

/** What a modal about a plan carries along while it is open. */
export interface PlanModalState {
  readonly planId: PlanId;
  /** Of the card that was clicked. */
  readonly planHash: string;
  /** Absent: on the Home tab. */
  readonly place?: ModalPlace;
  /** The bounds of its number fields, by block id. */
  readonly bounds?: Readonly<Record<string, NumberBounds>>;
}

export interface NumberBounds {
  readonly minimum: number;
  readonly maximum: number;
}

/** As it stands in the private metadata of a modal. */
export const modalPlaceSchema: z.ZodType<ModalPlace> = z.object({
  channelId: z.string(),
  threadTs: z.string(),
});

const schema: z.ZodType<PlanModalState> = z.object({
  planId: z.string().transform((text, context): PlanId => {
    const id = parsePlanId(text);
    if (id !== undefined) return id;
    context.addIssue('must be a plan id');
    return z.NEVER;
  }),
  planHash: z.string().min(1),
  place: modalPlaceSchema.exactOptional(),
  bounds: z.record(z.string(), z.object({ minimum: z.number(), maximum: z.number() })).exactOptional(),
});

/** As the modal's private metadata. */
export function formatPlanModalState(state: PlanModalState): string {
  return JSON.stringify(state);
}

/** From the modal's private metadata; undefined when it is none of ours, or of another version of ours. */
export function parsePlanModalState(metadata: string): PlanModalState | undefined {
  return parseMetadata(schema, metadata);
}

/** Reads private metadata; undefined when it does not fit. */
export function parseMetadata<T>(metadataSchema: z.ZodType<T>, metadata: string): T | undefined {
  try {
    return metadataSchema.safeParse(JSON.parse(metadata)).data;
  } catch {
    // Not even JSON: another version of ours wrote it, and its words would mean something else.
    return undefined;
  }
}
