import type { ShownMessage } from '@jamie/core';
import { parseServerJson } from './parse-server-json.ts';

/** What the server pushes. `unknown`: from a newer server; a page that is a version behind ignores it. */
export type LiveFrame =
  | { readonly kind: 'message'; readonly shown: ShownMessage }
  | { readonly kind: 'subscribed' }
  | { readonly kind: 'unknown' };

/** Reads one frame from /ws. */
export function parseLiveFrame(text: string): LiveFrame {
  const frame = parseServerJson(text) as { type?: unknown; shown?: Partial<ShownMessage> } | undefined | null;
  if (frame?.type === 'subscribed') return { kind: 'subscribed' };
  if (
    frame?.type === 'message' &&
    frame.shown?.message !== undefined &&
    frame.shown.conversation !== undefined
  ) {
    return { kind: 'message', shown: frame.shown as ShownMessage };
  }
  return { kind: 'unknown' };
}
