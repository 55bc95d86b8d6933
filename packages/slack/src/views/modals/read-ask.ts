import { ASK_COMMANDS, type AskCommand, askCommandOf } from './ask-commands.ts';
import { ASK_FIELDS } from './ask-modal.ts';
import { type AskOrigin, parseAskState } from './ask-state.ts';
import type { FieldErrors, ModalSubmission } from './modal-submission.ts';

/** What somebody asks for with the ask modal. */
export interface AskedWithModal {
  readonly origin: AskOrigin;
  readonly form: 'command' | 'sentence';
  readonly text: string;
  /** What the question is about beside its own words: the chosen place, and the text of a message. Data, never an order. */
  readonly about?: string;
}

/** Asked about a message without a word of one's own. */
const ABOUT_MESSAGE = 'What is wrong here?';

/** What is to be corrected before the question can be taken. Pure. */
export function validateAsk({ values }: ModalSubmission): FieldErrors {
  const command = askCommandOf(values[ASK_FIELDS.command]);
  return command === 'ask' ? validateQuestion(values) : validateCommand(values, command);
}

function validateQuestion(values: ModalSubmission['values']): FieldErrors {
  const isAbout = [ASK_FIELDS.about, ASK_FIELDS.workload].some((field) => values[field] !== undefined);
  if (values[ASK_FIELDS.question] !== undefined || isAbout) return {};
  return { [ASK_FIELDS.question]: 'Write a question, or choose what to do.' };
}

function validateCommand(
  values: ModalSubmission['values'],
  command: Exclude<AskCommand, 'ask'>,
): FieldErrors {
  const { label, workload } = ASK_COMMANDS[command];
  const hasWorkload = values[ASK_FIELDS.workload] !== undefined;
  return {
    ...(values[ASK_FIELDS.question] !== undefined && {
      [ASK_FIELDS.command]: `Choose “${ASK_COMMANDS.ask.label}”, or leave the question empty.`,
    }),
    ...(workload === 'required' && !hasWorkload && { [ASK_FIELDS.workload]: `“${label}” needs a workload.` }),
    ...(workload === 'none' &&
      hasWorkload && { [ASK_FIELDS.workload]: 'That is about a namespace or a cluster. Leave this empty.' }),
  };
}

/** Reads what was asked. Pure; `workload` is the chosen one as it is typed after /jamie. */
export function readAsk({ values, metadata }: ModalSubmission, workload: string | undefined): AskedWithModal {
  const state = parseAskState(metadata);
  const command = askCommandOf(values[ASK_FIELDS.command]);
  const place = placeOf(values, workload);
  if (command !== 'ask')
    return { origin: state.origin, form: 'command', text: [command, ...place].join(' ') };
  const about = [place.join(' '), values[ASK_FIELDS.about] ?? ''].filter((part) => part !== '');
  return {
    origin: state.origin,
    form: 'sentence',
    text: values[ASK_FIELDS.question] ?? ABOUT_MESSAGE,
    ...(about.length === 0 ? {} : { about: about.join('\n') }),
  };
}

/** The chosen place as options of a command. A workload brings its namespace along. */
function placeOf(values: ModalSubmission['values'], workload: string | undefined): readonly string[] {
  const cluster = values[ASK_FIELDS.cluster];
  const namespace = values[ASK_FIELDS.namespace];
  return [
    ...(workload === undefined ? [] : [workload]),
    ...(namespace === undefined || workload !== undefined ? [] : [`-n ${namespace}`]),
    ...(cluster === undefined ? [] : [`--cluster ${cluster}`]),
  ];
}
