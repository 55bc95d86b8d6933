import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { SLACK_LIMITS } from '../../limits.ts';
import { sections } from '../content.ts';
import { plainText, searchField } from './modal-blocks.ts';
import type { ModalSubmission } from './modal-submission.ts';
import { clusterField, namedOption, placeMark } from './place-fields.ts';
import { parseMetadata } from './plan-modal-state.ts';

/** The callback id of the modal in which somebody sets where we look unless told otherwise. */
export const PREFERENCES_MODAL = 'preferences';

/** Its fields: ids of blocks, and of what stands in them. */
export const PREFERENCES_FIELDS = {
  cluster: 'preferences.cluster',
  namespace: 'preferences.namespace',
} as const;

export interface PreferencesModal {
  readonly clusters: readonly string[];
  /** As they are. */
  readonly cluster?: string;
  readonly namespace?: string;
}

/** The modal in which somebody sets their own cluster and namespace. Pure. */
export function renderPreferencesModal({ clusters, cluster, namespace }: PreferencesModal): ModalView {
  return {
    type: 'modal',
    callback_id: PREFERENCES_MODAL,
    title: plainText('Your preferences', SLACK_LIMITS.modalTitle),
    submit: plainText('Save', SLACK_LIMITS.modalTitle),
    close: plainText('Cancel', SLACK_LIMITS.modalTitle),
    private_metadata: formatPreferencesState({ ...(cluster !== undefined && { cluster }) }),
    blocks: [
      ...sections('Where I look for you, unless you name another place.'),
      ...chosenCluster(clusters, cluster),
      searchField(
        {
          field: PREFERENCES_FIELDS.namespace,
          label: 'Namespace',
          hint: 'Leave it empty for every namespace.',
          isOptional: true,
          dependsOn: placeMark(cluster),
        },
        namespace === undefined ? undefined : namedOption(namespace),
      ),
    ],
  };
}

function chosenCluster(clusters: readonly string[], cluster: string | undefined): readonly KnownBlock[] {
  const field = { field: PREFERENCES_FIELDS.cluster, label: 'Cluster', isWatched: true };
  return clusterField(field, clusters, cluster);
}

/** What the preferences modal carries along: the cluster whose namespaces are searched. */
function formatPreferencesState(state: { readonly cluster?: string }): string {
  return JSON.stringify(state);
}

const stateSchema = z.object({ cluster: z.string().exactOptional() });

/** From the private metadata of the preferences modal; nothing when it is none of ours. */
export function parsePreferencesState(metadata: string): { readonly cluster?: string } {
  return parseMetadata(stateSchema, metadata) ?? {};
}

/** Where somebody wants us to look; what is absent is every namespace, and the cluster as it is. */
export interface ChosenPreferences {
  readonly cluster?: string;
  readonly namespace?: string;
}

/** The command that sets them, as it is typed after /jamie. Nothing chosen at all forgets them. Pure. */
export function preferencesCommand({ cluster, namespace }: ChosenPreferences): string {
  if (cluster === undefined && namespace === undefined) return 'use --clear';
  const place = cluster === undefined ? '' : ` --cluster ${cluster}`;
  return `use -n ${namespace ?? '*'}${place}`;
}

/** The values of its fields, as they were chosen. */
export function readPreferences({ values }: ModalSubmission): ChosenPreferences {
  const cluster = values[PREFERENCES_FIELDS.cluster];
  const namespace = values[PREFERENCES_FIELDS.namespace];
  return { ...(cluster !== undefined && { cluster }), ...(namespace !== undefined && { namespace }) };
}
