import { z } from 'zod';
import { parseMetadata } from './plan-modal-state.ts';

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

/** From the modal's private metadata. Where another version of ours wrote it, the answer comes as a direct message. */
export function parseAskState(metadata: string): AskState {
  return parseMetadata(schema, metadata) ?? { origin: { kind: 'direct' } };
}
