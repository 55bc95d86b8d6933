import { z } from 'zod';

/** Grows when a run of before could no longer be read as it is. An older run must be upgraded here, or is refused. */
export const RUN_FORMAT = 1;

const person = z.enum(['ada', 'bob']);

/** What comes in from outside: people, time, the cluster, and the death of the process. */
const eventSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('submit'),
    key: z.string(),
    by: person,
    form: z.enum(['command', 'sentence']),
    text: z.string(),
  }),
  /** The vote of a click on the plan that was made as the number `plan`, from 0. */
  z.strictObject({
    kind: z.literal('vote'),
    by: person,
    plan: z.int().min(0),
    decision: z.enum(['approve', 'deny']),
    reason: z.string().optional(),
  }),
  /** The pool runs every job that is due, until none is. */
  z.strictObject({ kind: z.literal('work') }),
  /** Two workers run the job of this submission at the same time. */
  z.strictObject({ kind: z.literal('work_twice'), key: z.string() }),
  /** A worker takes the job of this submission and is left where it hangs. */
  z.strictObject({ kind: z.literal('begin'), key: z.string() }),
  /** Seconds pass one by one, and jobs run; `settles`: the controllers do their work, `breaks`: pods do not start. */
  z.strictObject({
    kind: z.literal('pass'),
    seconds: z.int().min(1),
    world: z.enum(['rests', 'settles', 'breaks']),
  }),
  z.strictObject({ kind: z.literal('scaled_by_others'), replicas: z.int().min(0) }),
  z.strictObject({ kind: z.literal('logs'), are: z.enum(['readable', 'hanging']) }),
  /** From now on the process dies at its checkpoint write of this number, from 0, and another takes its place. */
  z.strictObject({ kind: z.literal('mortal'), write: z.int().min(0), moment: z.enum(['before', 'after']) }),
]);
export type RunEvent = z.infer<typeof eventSchema>;

const messageSchema = z.strictObject({
  id: z.string(),
  author: z.string(),
  tone: z.string(),
  headline: z.string(),
  /** The last line of the text, which says what part a model had. */
  last: z.string().optional(),
  offers: z.array(z.string()),
  plan: z.string().optional(),
});

/** What an event brought about. */
const effectsSchema = z.strictObject({
  messages: z.array(messageSchema).optional(),
  plans: z.array(z.strictObject({ id: z.string(), status: z.string(), reason: z.string() })).optional(),
  writes: z.array(z.strictObject({ as: z.string(), target: z.string(), patch: z.string() })).optional(),
  audit: z.array(z.string()).optional(),
  /** Objects, logs and usage read from the cluster, by kind of read. */
  reads: z.record(z.string(), z.number()).optional(),
  modelCalls: z.number().optional(),
  /** Graphs that still have state. */
  threads: z.array(z.string()).optional(),
  deaths: z.number().optional(),
});
export type RunEffects = z.infer<typeof effectsSchema>;

const runSchema = z.strictObject({
  format: z.literal(RUN_FORMAT),
  about: z.string(),
  /** What the model answers, one after the other; `error:CODE` fails. Absent: there is no model. */
  model: z.array(z.string()).optional(),
  steps: z.array(z.strictObject({ event: eventSchema, effects: effectsSchema })).min(1),
});
export type Run = z.infer<typeof runSchema>;

/** Reads a recorded run. Throws, with what is wrong, for anything that this program would not replay as it was meant. */
export function readRun(name: string, text: string): Run {
  const json = JSON.parse(text) as { readonly format?: unknown };
  if (json.format !== RUN_FORMAT) {
    throw new Error(
      `${name}: run format ${String(json.format)}; this program replays format ${RUN_FORMAT}. Add an upgrade to test/replay/run-format.ts.`,
    );
  }
  const checked = runSchema.safeParse(json);
  if (checked.success) return checked.data;
  throw new Error(`${name}: ${z.prettifyError(checked.error)}`);
}
