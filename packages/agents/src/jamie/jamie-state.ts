import type { ObjectRef, Reply } from '@jamie/core';
import { KINDS, type Kind } from '@jamie/core';
import { z } from 'zod';
import { findCommand, type Intent } from '../grammar/command-list.ts';

/** Grows when the state of a run can no longer be read by the code before it: such a run begins anew. */
export const JAMIE_STATE_FORMAT = 1;

/** Most characters of an answer, as JSON, that a checkpoint takes; a longer one is made outside the graph. */
export const MAX_GATHERED_CHARACTERS = 200_000;

const intentSchema: z.ZodType<Intent> = z
  .looseObject({ kind: z.string() })
  .transform((value, context): Intent => {
    const { kind, ...parameters } = value;
    const checked = findCommand(kind)?.parameters.safeParse(parameters);
    if (checked?.success === true) return { kind, ...checked.data } as Intent;
    context.addIssue({ code: 'custom', message: 'must be an intent of the grammar' });
    return z.NEVER;
  });

const understoodSchema = z.discriminatedUnion('kind', [
  /** A question that reads: the graph answers it. */
  z.object({ kind: z.literal('read'), intent: intentSchema, mayChoose: z.boolean() }),
  /** Anything that has an effect, or stores something: its handler runs when the graph has ended, never in a node. */
  z.object({ kind: z.literal('hand_over'), intent: intentSchema }),
  /** Understood too little to do anything: a question back. */
  z.object({
    kind: z.literal('unclear'),
    message: z.string(),
    prompt: z.string(),
    options: z.array(z.object({ label: z.string(), command: z.string() })),
    mayChoose: z.boolean(),
  }),
]);

/** Checked in outline: the store checks every reply in full when it reads the message back. */
const replySchema = z
  .looseObject({
    tone: z.enum(['answer', 'refusal', 'error']),
    headline: z.string(),
    sections: z.array(z.looseObject({ kind: z.string() })),
    proposals: z.array(z.looseObject({ label: z.string() })),
  })
  .transform((reply) => reply as unknown as Reply);

const objectRefSchema: z.ZodType<ObjectRef> = z.object({
  kind: z.enum(Object.keys(KINDS) as Kind[]),
  namespace: z.string().exactOptional(),
  name: z.string(),
});

const gatheredSchema = z.object({
  reply: replySchema,
  cluster: z.string().exactOptional(),
  focus: objectRefSchema.exactOptional(),
});

const modelUseSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off') }),
  /** There is one, and this answer had no use for it. */
  z.object({ kind: z.literal('unused'), model: z.string() }),
  z.object({
    kind: z.literal('used'),
    model: z.string(),
    use: z.enum(['chose', 'worded', 'chose and worded']),
  }),
  /** It chose, perhaps, but no words of it are in the answer. */
  z.object({ kind: z.literal('failed'), model: z.string(), reason: z.string(), chose: z.boolean() }),
]);

const stateSchema = z.object({
  format: z.literal(JAMIE_STATE_FORMAT),
  understood: understoodSchema.optional(),
  gathered: gatheredSchema.optional(),
  sentences: z.array(z.string()).optional(),
  model: modelUseSchema,
  answer: gatheredSchema.optional(),
});

export type Understood = z.infer<typeof understoodSchema>;
export type Gathered = z.infer<typeof gatheredSchema>;
export type ModelUse = z.infer<typeof modelUseSchema>;
/** What a checkpoint of Jamie's graph holds: plain JSON, redacted, bounded. */
export type JamieState = z.infer<typeof stateSchema>;

/** Reads a state back from a checkpoint; undefined when it is none of ours, or of another format. */
export function readJamieState(values: unknown): JamieState | undefined {
  const checked = stateSchema.safeParse(values);
  return checked.success ? checked.data : undefined;
}
