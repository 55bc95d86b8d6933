import { z } from 'zod';

/** Where an answer to the ask modal belongs. */
export type AskOrigin =
  /** In the thread of the message on which it was opened. */
  | { readonly kind: 'thread'; readonly channelId: string; readonly threadTs: string }
  /** In a direct message. `channelId`: where the person was when they opened it. */
  | { readonly kind: 'direct'; readonly channelId?: string };

/** What the ask modal carries along while it is open. */
export interface AskState {
  readonly origin: AskOrigin;
  /** Chosen so far; what namespaces and workloads are searched by. */
  readonly cluster?: string;
  readonly namespace?: string;
}

const schema: z.ZodType<AskState> = z.object({
  origin: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('thread'), channelId: z.string(), threadTs: z.string() }),
    z.object({ kind: z.literal('direct'), channelId: z.string().exactOptional() }),
  ]),
  cluster: z.string().exactOptional(),
  namespace: z.string().exactOptional(),
});

/** As the modal's private metadata. */
export function formatAskState(state: AskState): string {
  return JSON.stringify(state);
}

/** From the modal's private metadata; what cannot be read is a question without a place. */
export function parseAskState(metadata: string): AskState {
  try {
    const parsed = schema.safeParse(JSON.parse(metadata));
    if (parsed.success) return parsed.data;
  } catch {
    // Metadata of another version of ours; the answer comes as a direct message.
  }
  return { origin: { kind: 'direct' } };
}
