import type { ReplyFile } from '@jamie/core';

/** How long a browser may take to begin a download before its address is given back. */
const KEPT_MS = 10_000;

/** Saves a file from the page itself: its text is here already, and nothing is asked of the server. */
export function saveFile(page: Document, { name, text }: ReplyFile): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = page.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
