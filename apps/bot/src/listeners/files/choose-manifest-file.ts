import type { SharedFile } from '@jamie/slack';
import { z } from 'zod';

const schema = z.array(
  z.object({
    id: z.string(),
    name: z.string().nullish(),
    size: z.number().catch(0),
    mode: z.string().optional(),
    url_private: z.string().optional(),
  }),
);

/** What to do with what was uploaded together with a message. */
export type ManifestFileChoice =
  /** Nothing that the message is about. */
  | { readonly kind: 'none' }
  | { readonly kind: 'read'; readonly file: SharedFile }
  /** `message` says why, and what to do. */
  | { readonly kind: 'refused'; readonly message: string };

/** An order, not a question: the word comes first, perhaps after a please. */
const APPLY = /^\W*(?:please\s+)?(?:plan\s+)?apply\b/iu;
const MANIFEST = /\.(?:ya?ml|json)$/iu;
const MOST_NAMED = 5;

/**
 * Which uploaded file a message wants applied. Pure. Files count only where the message says apply: whoever shows a file
 * beside a question wants nothing changed. One at a time, so that nobody has to guess what the plan holds.
 */
export function chooseManifestFile(text: string, files: unknown): ManifestFileChoice {
  const { data = [] } = schema.safeParse(files);
  if (!APPLY.test(text) || data.length === 0) return { kind: 'none' };
  if (text.includes('```'))
    return refuse('That is a manifest between ``` marks and a file. Send one of the two.');
  const named = data.map((file) => ({ ...file, name: file.name ?? file.id }));
  const manifests = named.filter(({ name }) => MANIFEST.test(name));
  const [file, ...more] = manifests;
  if (file === undefined) return refuse(`I apply .yaml, .yml and .json files; ${listed(named)} is none.`);
  if (more.length > 0) {
    const parts = 'Put the objects into one, with --- between them.';
    return refuse(
      `I apply one file at a time, and these are ${manifests.length}: ${listed(manifests)}. ${parts}`,
    );
  }
  if (file.mode === 'tombstone' || file.mode === 'hidden_by_limit')
    return refuse(`Slack has ${file.name} no more. Upload it again.`);
  const url = file.url_private === undefined ? {} : { url: file.url_private };
  return { kind: 'read', file: { id: file.id, name: file.name, sizeBytes: file.size, ...url } };
}

function listed(files: readonly { readonly name: string }[]): string {
  const names = files.slice(0, MOST_NAMED).map(({ name }) => name);
  return files.length > MOST_NAMED ? `${names.join(', ')} and more` : names.join(', ');
}

function refuse(message: string): ManifestFileChoice {
  return { kind: 'refused', message };
}
