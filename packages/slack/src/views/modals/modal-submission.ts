import { z } from 'zod';
import type { SlackPayload } from '../../receiver/delivery-keys.ts';
import { deliveryTeamOf } from '../../receiver/delivery-team.ts';
import { fieldOf } from './modal-blocks.ts';

/** What is to be corrected, by field: one sentence each. */
export type FieldErrors = Readonly<Record<string, string>>;

/** What somebody handed in with a modal of ours. */
export interface ModalSubmission {
  /** The workspace whose installation it came to. */
  readonly workspaceId: string;
  /** The person's own workspace, and their id there. */
  readonly teamId: string;
  readonly userId: string;
  readonly callbackId: string;
  /** What the modal carried along, as we wrote it. */
  readonly metadata: string;
  /** By field: the typed text or the value of the chosen option, trimmed; absent where there is none. */
  readonly values: Readonly<Record<string, string>>;
  /** By field: the id of its block, where Slack shows what is to be corrected. */
  readonly blockIds: Readonly<Record<string, string>>;
}

const elementSchema = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
});

const stateSchema = z.record(z.string(), z.record(z.string(), elementSchema));

const viewSchema = z.object({
  callback_id: z.string(),
  private_metadata: z.string().default(''),
  state: z.object({ values: stateSchema }),
});

const schema = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: z.object({ id: z.string() }).nullish(),
  view: viewSchema,
});

/** Reads the submission of a modal; undefined when it is none. Pure. */
export function readSubmission(payload: SlackPayload): ModalSubmission | undefined {
  return payload['type'] === 'view_submission' ? readModalState(payload) : undefined;
}

/** What a modal of ours holds at the moment of an interaction with it; undefined when there is none. Pure. */
export function readModalState(payload: SlackPayload): ModalSubmission | undefined {
  const parsed = schema.safeParse(payload);
  if (!parsed.success) return undefined;
  const { user, team, view } = parsed.data;
  return {
    workspaceId: deliveryTeamOf(payload),
    teamId: user.team_id ?? team?.id ?? '',
    userId: user.id,
    callbackId: view.callback_id,
    metadata: view.private_metadata,
    ...readFields(view.state.values),
  };
}

/** Each of our input blocks has one element. */
function readFields(state: z.infer<typeof stateSchema>): Pick<ModalSubmission, 'values' | 'blockIds'> {
  const values: Record<string, string> = {};
  const blockIds: Record<string, string> = {};
  for (const [blockId, elements] of Object.entries(state)) {
    const [element] = Object.values(elements);
    const value = (element?.selected_option?.value ?? element?.value ?? '').trim();
    blockIds[fieldOf(blockId)] = blockId;
    if (value !== '') values[fieldOf(blockId)] = value;
  }
  return { values, blockIds };
}
