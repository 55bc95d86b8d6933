import { type JsonObject, KINDS, type Kind, type OperationOf } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import { findKind } from '../grammar/kind-names.ts';
import { readManifests } from '../manifests/read-manifests.ts';
import type { CommandRequest } from './command-request.ts';
import { type Outcome, refusal } from './outcome.ts';
import { propose } from './propose.ts';
import { whereToLook } from './where-to-look.ts';

const HOW_TO_SEND_A_FILE =
  'In Slack, upload it with a message to me that says apply; a slash command carries no file. Elsewhere: jamie apply -f FILE.';

/** Plans that the cluster holds the objects of a manifest. The card's diff is the preview. */
export async function apply(
  context: AgentsContext,
  asked: CommandRequest,
  { place }: IntentOf<'apply'>,
): Promise<Outcome> {
  const { manifest } = asked.request;
  if (manifest === undefined)
    return refusal('Where is the manifest? Send it between ``` marks after the command, or as a file.', [
      { kind: 'text', lines: [HOW_TO_SEND_A_FILE] },
    ]);
  const reading = readManifests(manifest);
  if (reading.kind === 'refused') return refusal(reading.message);
  const { connection, namespace } = await whereToLook(context, asked, place);
  const placed = placeManifests(reading.manifests, { said: place.namespace, otherwise: namespace });
  if (placed.kind === 'refused') return refusal(placed.message);
  const operation: OperationOf<'apply'> = { kind: 'apply', manifests: [...placed.manifests] };
  return propose(context, asked, operation, connection.info.name);
}

type Placed =
  | { readonly kind: 'placed'; readonly manifests: readonly JsonObject[] }
  | { readonly kind: 'refused'; readonly message: string };

interface Namespaces {
  /** As the command names it: then no object may say another. */
  readonly said: string | undefined;
  readonly otherwise: string | undefined;
}

/** Gives every object of a namespace the one that holds for it. Pure. */
function placeManifests(manifests: readonly JsonObject[], { said, otherwise }: Namespaces): Placed {
  const placed: JsonObject[] = [];
  for (const manifest of manifests) {
    const metadata = manifest['metadata'] as { readonly name: string; readonly namespace?: string };
    const label = `${String(manifest['kind'])} ${metadata.name}`;
    const own = metadata.namespace;
    if (said !== undefined && own !== undefined && own !== said)
      return {
        kind: 'refused',
        message: `${label} is in ${own}, and the command says ${said}. Name one of the two.`,
      };
    const namespace = own ?? otherwise;
    if (namespace === undefined && isNamespaced(manifest['kind']))
      return {
        kind: 'refused',
        message: `${label} names no namespace. Name it with -n, or in the manifest.`,
      };
    placed.push(
      own !== undefined || namespace === undefined
        ? manifest
        : { ...manifest, metadata: { ...metadata, namespace } },
    );
  }
  return { kind: 'placed', manifests: placed };
}

/** A kind that we do not know is refused when it is planned, with its name. */
function isNamespaced(kind: unknown): boolean {
  const known: Kind | undefined = findKind(String(kind));
  return known === undefined || KINDS[known].namespaced;
}
