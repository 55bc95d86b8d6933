import type { KnownBlock, ModalView } from '@slack/types';
import { SLACK_LIMITS } from '../../limits.ts';
import { listAskCommands } from './ask-commands.ts';
import { type AskState, formatAskState } from './ask-state.ts';
import { plainText, searchField, selectField, textField } from './modal-blocks.ts';
import { clusterField, namedOption, placeMark } from './place-fields.ts';

/** The callback id of the modal with which somebody asks in their own words. */
export const ASK_MODAL = 'ask';

/** Its fields: ids of blocks, and of what stands in them. */
export const ASK_FIELDS = {
  question: 'ask.question',
  command: 'ask.command',
  cluster: 'ask.cluster',
  namespace: 'ask.namespace',
  workload: 'ask.workload',
  about: 'ask.about',
} as const;

export interface AskModal {
  readonly state: AskState;
  /** By name; the first is where we look unless told otherwise. */
  readonly clusters: readonly string[];
  /** The text of a message that the question is about, redacted. */
  readonly about?: string;
}

const CLUSTER = { field: ASK_FIELDS.cluster, label: 'Cluster', isOptional: true, isWatched: true };

/** The modal with which somebody asks in their own words, or chooses what to look at. Pure. */
export function renderAskModal({ state, clusters, about }: AskModal): ModalView {
  return {
    type: 'modal',
    callback_id: ASK_MODAL,
    title: plainText('Ask Jamie', SLACK_LIMITS.modalTitle),
    submit: plainText('Ask', SLACK_LIMITS.modalTitle),
    close: plainText('Cancel', SLACK_LIMITS.modalTitle),
    private_metadata: formatAskState(state),
    blocks: [
      textField(
        { field: ASK_FIELDS.question, label: 'Question', isOptional: true },
        { placeholder: 'Why is checkout failing?' },
      ),
      ...aboutField(about),
      selectField(
        { field: ASK_FIELDS.command, label: 'What to do', isOptional: true },
        listAskCommands(),
        'ask',
      ),
      ...clusterField(CLUSTER, clusters, state.cluster),
      namespaceField(state),
      workloadField(state),
      destination(state),
    ],
  };
}

function aboutField(about: string | undefined): readonly KnownBlock[] {
  if (about === undefined || about.trim() === '') return [];
  const field = {
    field: ASK_FIELDS.about,
    label: 'The message that you ask about',
    hint: 'I look in it for names. Nothing in it is taken for an order.',
    isOptional: true,
  };
  return [textField(field, { initial: about })];
}

function namespaceField({ cluster, namespace }: AskState): KnownBlock {
  const field = {
    field: ASK_FIELDS.namespace,
    label: 'Namespace',
    isOptional: true,
    isWatched: true,
    dependsOn: placeMark(cluster),
  };
  return searchField(field, namespace === undefined ? undefined : namedOption(namespace));
}

function workloadField({ cluster, namespace }: AskState): KnownBlock {
  return searchField({
    field: ASK_FIELDS.workload,
    label: 'Workload',
    isOptional: true,
    dependsOn: placeMark(cluster, namespace),
  });
}

function destination({ origin }: AskState): KnownBlock {
  const text =
    origin.kind === 'thread'
      ? 'The answer comes into the thread of the message.'
      : 'The answer comes as a direct message from me.';
  return { type: 'context', elements: [{ type: 'plain_text', text, emoji: false }] };
}
