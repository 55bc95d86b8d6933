import { redactSecrets } from '@jamie/core';
import { z } from 'zod';
import { readSlackText } from '../read-slack-text.ts';

/** As much of a message as a field of a form takes, with room for the characters that Slack writes longer. */
const MAX_CHARACTERS = 2_500;
const MAX_PARTS = 200;

const textSchema = z.string().catch('');
const schema = z.object({
  text: textSchema,
  attachments: z
    .array(
      z.object({ title: textSchema, text: textSchema, fallback: textSchema, blocks: z.unknown().optional() }),
    )
    .catch([]),
  blocks: z.unknown().optional(),
});

/**
 * What a message says, as plain text without what looks like a credential, bounded. Messages of other apps often say it
 * in blocks or attachments alone. Pure.
 */
export function readMessageText(message: unknown, botUserId: string): string {
  const { data } = schema.safeParse(message);
  if (data === undefined) return '';
  const attached = data.attachments.flatMap(({ title, text, fallback, blocks }) => {
    const own = [title, text].filter((part) => part.trim() !== '');
    return own.length > 0 ? own : [fallback, ...textsIn(blocks)];
  });
  const said = data.text.trim() === '' ? textsIn(data.blocks) : [data.text];
  const lines = [...said, ...attached].map((part) => readSlackText(part, botUserId));
  const text = [...new Set(lines.filter((line) => line !== ''))].join('\n');
  // Cut before redacting, so that a huge text costs little; the margin keeps a secret at the cut whole.
  return redactSecrets(text.slice(0, MAX_CHARACTERS * 4))
    .slice(0, MAX_CHARACTERS)
    .toWellFormed();
}

/** Every text in a tree of blocks, in order. */
function textsIn(value: unknown, found: string[] = []): readonly string[] {
  if (found.length >= MAX_PARTS) return found;
  if (Array.isArray(value)) for (const item of value) textsIn(item, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (key === 'text' && typeof item === 'string') found.push(item);
      else textsIn(item, found);
    }
  }
  return found;
}
