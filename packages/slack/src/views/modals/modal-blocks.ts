import type { InputBlock, PlainTextElement, PlainTextOption } from '@slack/types';
import { SLACK_LIMITS } from '../../limits.ts';
import { elide, escapeText } from '../mrkdwn.ts';

const LABEL_CHARACTERS = 150;
/** Stands between the name of a field and what its block depends on. */
const MARK = '#';

/** A field of a modal. Its block has the field's name as id, and so has its one element. */
export interface ModalField {
  readonly field: string;
  readonly label: string;
  readonly hint?: string;
  readonly isOptional?: boolean;
  /** A choice in it is told to us at once. */
  readonly isWatched?: boolean;
  /** What the field depends on: with another value of it Slack shows the field empty again. */
  readonly dependsOn?: string;
}

/** What can be chosen, as it is read by people and by us. */
export interface ModalOption {
  readonly label: string;
  readonly value: string;
}

/** The field to which a block belongs. */
export function fieldOf(blockId: string): string {
  return blockId.split(MARK)[0] ?? blockId;
}

/** Text without any markup, cut to what Slack takes. */
export function plainText(text: string, maximum: number): PlainTextElement {
  const shown = elide(escapeText(text).trim(), maximum);
  return { type: 'plain_text', text: shown === '' ? '–' : shown, emoji: false };
}

/** An option of a select. Its value must fit as it is: 75 characters. */
export function toOption({ label, value }: ModalOption): PlainTextOption {
  return { text: plainText(label, SLACK_LIMITS.optionText), value };
}

/** Several lines of text, or one, begun with what is given; what is too long of it is cut. */
export function textField(
  field: ModalField,
  options: {
    readonly initial?: string;
    readonly placeholder?: string;
    readonly maximum?: number;
    readonly isLine?: boolean;
  } = {},
): InputBlock {
  const initial = (options.initial ?? '').toWellFormed().slice(0, SLACK_LIMITS.inputText).toWellFormed();
  return inputBlock(field, {
    type: 'plain_text_input',
    action_id: field.field,
    multiline: options.isLine !== true,
    max_length: Math.min(options.maximum ?? SLACK_LIMITS.inputText, SLACK_LIMITS.inputText),
    ...(initial === '' ? {} : { initial_value: initial }),
    ...(options.placeholder === undefined
      ? {}
      : { placeholder: plainText(options.placeholder, SLACK_LIMITS.placeholder) }),
  });
}

/** A whole number within bounds; Slack takes no other. */
export function numberField(
  field: ModalField,
  bounds: { readonly initial: string; readonly minimum: number; readonly maximum: number },
): InputBlock {
  return inputBlock(field, {
    type: 'number_input',
    action_id: field.field,
    is_decimal_allowed: false,
    min_value: String(bounds.minimum),
    max_value: String(bounds.maximum),
    ...(bounds.initial === '' ? {} : { initial_value: bounds.initial }),
  });
}

/** A select of at most 100 options, of which `initial` is chosen at first. */
export function selectField(
  field: ModalField,
  options: readonly ModalOption[],
  initial?: string,
): InputBlock {
  const shown = options.slice(0, SLACK_LIMITS.selectOptions);
  const chosen = shown.find(({ value }) => value === initial);
  return inputBlock(field, {
    type: 'static_select',
    action_id: field.field,
    placeholder: plainText(field.label, SLACK_LIMITS.placeholder),
    options: shown.map(toOption),
    ...(chosen === undefined ? {} : { initial_option: toOption(chosen) }),
  });
}

/** A select whose options are searched for while somebody types. */
export function searchField(field: ModalField, initial?: ModalOption): InputBlock {
  return inputBlock(field, {
    type: 'external_select',
    action_id: field.field,
    placeholder: plainText('Type a part of the name', SLACK_LIMITS.placeholder),
    min_query_length: 0,
    ...(initial === undefined ? {} : { initial_option: toOption(initial) }),
  });
}

function inputBlock(field: ModalField, element: InputBlock['element']): InputBlock {
  const blockId = field.dependsOn === undefined ? field.field : `${field.field}${MARK}${field.dependsOn}`;
  return {
    type: 'input',
    block_id: blockId.slice(0, SLACK_LIMITS.blockId),
    label: plainText(field.label, LABEL_CHARACTERS),
    element,
    optional: field.isOptional ?? false,
    ...(field.hint === undefined ? {} : { hint: plainText(field.hint, LABEL_CHARACTERS) }),
    ...(field.isWatched === true ? { dispatch_action: true } : {}),
  };
}
