import { ASK_REASONS } from '@jamie/agents/grammar';
import { z } from 'zod';

/** What a person said, and what it means: one or several equally right commands, or a question back. */
const shared = {
  id: z.string().regex(/^u\d{3}$/),
  category: z.enum([
    'scale',
    'restart',
    'rollback',
    'undo',
    'decision',
    'setting',
    'question',
    'ask',
    'read',
    'follow-up',
    'operation',
  ]),
  say: z.string().min(1).max(500),
};

/** Why no command may come of a sentence. */
const askReason = z.enum(ASK_REASONS).exclude(['not_understood']);

const command = z.string().min(1);

/** One line of the case files. With `orAsks` a question back is as right as the command. */
export const utteranceCaseSchema = z.union([
  z.strictObject({
    ...shared,
    means: z.union([command, z.array(command).min(2)]),
    orAsks: z.literal(true).exactOptional(),
  }),
  z.strictObject({ ...shared, asks: askReason }),
]);

export type UtteranceCase = z.infer<typeof utteranceCaseSchema>;
export type Category = UtteranceCase['category'];

/** The commands that are right for a sentence; none where it must be answered by a question. */
export function commandsOf(utterance: UtteranceCase): readonly string[] {
  return 'means' in utterance ? [utterance.means].flat() : [];
}

/** Whether a question back is a right answer. */
export function mayAsk(utterance: UtteranceCase): boolean {
  return 'asks' in utterance || utterance.orAsks === true;
}
