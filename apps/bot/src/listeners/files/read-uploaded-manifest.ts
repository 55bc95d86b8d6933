import { isOpsError } from '@jamie/core';
import type { SlackFiles, SlackWorkspace } from '@jamie/slack';
import type { Utterance } from '../events/decide-message.ts';
import { chooseManifestFile } from './choose-manifest-file.ts';

/** As much of a manifest as the desk takes. */
const MAX_BYTES = 256 * 1_024;

export type UploadedManifest =
  | { readonly kind: 'fine'; readonly found: { readonly manifest?: string } }
  | { readonly kind: 'refused'; readonly message: string };

/**
 * The text of the file that a message wants applied. It is fetched while the delivery is handled: the delivery is stored
 * before it is acknowledged and stays open until the request is stored with the text, and Slack keeps the file, so that
 * neither a death nor an outage in between loses anything. Throws what passes by itself; then it is tried again.
 */
export async function readUploadedManifest(
  files: SlackFiles,
  workspace: SlackWorkspace,
  { text, files: shared }: Pick<Utterance, 'text' | 'files'>,
): Promise<UploadedManifest> {
  const choice = chooseManifestFile(text, shared);
  if (choice.kind === 'none') return { kind: 'fine', found: {} };
  if (choice.kind === 'refused') return choice;
  try {
    return { kind: 'fine', found: { manifest: await files.readText(workspace, choice.file, MAX_BYTES) } };
  } catch (error) {
    if (!isOpsError(error) || error.retryable || error.userMessage === undefined) throw error;
    return { kind: 'refused', message: error.userMessage };
  }
}
