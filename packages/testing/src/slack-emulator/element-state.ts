type Part = Readonly<Record<string, unknown>>;

/** What a person chose or wrote in one element, as Slack reports it in `state.values`. */
export type ElementState = Part & { readonly type: string };

/** What a person enters: text, the label or value of an option (or the option itself), or several of them. */
export type Entry = string | Part | readonly (string | Part)[];

type Shape = 'text' | 'option' | 'options' | 'id' | 'ids';

interface StateRule {
  readonly shape: Shape;
  /** Where the state stands. */
  readonly field: string;
  /** Where the element says what it starts with. */
  readonly initial: string;
}

/** Field names: docs.slack.dev/reference/views (state object) and the block elements of Block Kit. */
const RULES: Readonly<Record<string, StateRule>> = {
  plain_text_input: { shape: 'text', field: 'value', initial: 'initial_value' },
  number_input: { shape: 'text', field: 'value', initial: 'initial_value' },
  email_text_input: { shape: 'text', field: 'value', initial: 'initial_value' },
  url_text_input: { shape: 'text', field: 'value', initial: 'initial_value' },
  static_select: { shape: 'option', field: 'selected_option', initial: 'initial_option' },
  external_select: { shape: 'option', field: 'selected_option', initial: 'initial_option' },
  radio_buttons: { shape: 'option', field: 'selected_option', initial: 'initial_option' },
  multi_static_select: { shape: 'options', field: 'selected_options', initial: 'initial_options' },
  multi_external_select: { shape: 'options', field: 'selected_options', initial: 'initial_options' },
  checkboxes: { shape: 'options', field: 'selected_options', initial: 'initial_options' },
  users_select: { shape: 'id', field: 'selected_user', initial: 'initial_user' },
  channels_select: { shape: 'id', field: 'selected_channel', initial: 'initial_channel' },
  conversations_select: { shape: 'id', field: 'selected_conversation', initial: 'initial_conversation' },
  datepicker: { shape: 'id', field: 'selected_date', initial: 'initial_date' },
  timepicker: { shape: 'id', field: 'selected_time', initial: 'initial_time' },
  multi_users_select: { shape: 'ids', field: 'selected_users', initial: 'initial_users' },
  multi_channels_select: { shape: 'ids', field: 'selected_channels', initial: 'initial_channels' },
  multi_conversations_select: {
    shape: 'ids',
    field: 'selected_conversations',
    initial: 'initial_conversations',
  },
};

/** What an element holds before anybody touched it; undefined for what holds nothing, a button for example. */
export function initialState(element: Part): ElementState | undefined {
  const type = String(element['type']);
  const rule = RULES[type];
  if (rule === undefined) return undefined;
  const nothing = rule.shape === 'options' || rule.shape === 'ids' ? [] : null;
  return { type, [rule.field]: element[rule.initial] ?? nothing };
}

/**
 * What an element holds after a person entered this. Throws when a person could not: an option that is not offered,
 * several of what takes one, text in a button.
 */
export function enteredState(element: Part, entry: Entry): ElementState {
  const type = String(element['type']);
  const rule = RULES[type];
  if (rule === undefined) throw new Error(`nothing can be entered in a ${type}`);
  return { type, [rule.field]: enteredValue(element, rule.shape, entry) };
}

/** True when nothing was entered. */
export function isEmptyState(state: ElementState): boolean {
  const { type: _type, ...fields } = state;
  return Object.values(fields).every(
    (value) => value === null || value === '' || (Array.isArray(value) && value.length === 0),
  );
}

/** Every option that an element offers by itself, those in groups too. */
export function offeredOptions(element: Part): readonly Part[] {
  const groups = (element['option_groups'] ?? []) as readonly Part[];
  const lists = [element['options'], ...groups.map((group) => group['options'])];
  return lists.flatMap((list) => (list ?? []) as readonly Part[]);
}

/** Whether an option reads so, or stands for this value. */
export function isOption(option: Part, wanted: string): boolean {
  return option['value'] === wanted || plainText(option['text']) === wanted;
}

/** The words of a text object. */
export function plainText(text: unknown): string | undefined {
  const value = (text as { readonly text?: unknown } | null | undefined)?.text;
  return typeof value === 'string' ? value : undefined;
}

function enteredValue(element: Part, shape: Shape, entry: Entry): unknown {
  const isList = Array.isArray(entry);
  const entries = (isList ? entry : [entry]) as readonly (string | Part)[];
  if (isList && (shape === 'text' || shape === 'option' || shape === 'id')) {
    throw new Error(`a ${String(element['type'])} takes one value`);
  }
  if (shape === 'text' || shape === 'id') return entry === '' ? null : entry;
  if (shape === 'ids') return entries;
  const chosen = entries.map((each) => chosenOption(element, each));
  return shape === 'options' ? chosen : chosen[0];
}

function chosenOption(element: Part, wanted: string | Part): Part {
  // The options of an external select come from the app: whoever picks one has it in hand.
  if (typeof wanted !== 'string') return wanted;
  const options = offeredOptions(element);
  const option = options.find((each) => isOption(each, wanted));
  if (option !== undefined) return option;
  const offered = options.map((each) => plainText(each['text'])).join(', ');
  throw new Error(`no option ${wanted} in ${String(element['action_id'])}; offered: ${offered}`);
}
