import type { ModalOption } from './modal-blocks.ts';

/** What the ask modal offers to do, in the order in which it is shown. */
export type AskCommand = keyof typeof ASK_COMMANDS;

interface CommandOffer {
  readonly label: string;
  /** Whether it is about a workload: it must be, may be, or cannot be. */
  readonly workload: 'required' | 'optional' | 'none';
}

/** Commands that only read, by the name that is typed after /jamie. `ask`: the question is all there is. */
export const ASK_COMMANDS = {
  ask: { label: 'Answer my question', workload: 'optional' },
  why: { label: 'Say what is wrong with a workload', workload: 'required' },
  health: { label: 'Report the health of a namespace or cluster', workload: 'none' },
  pods: { label: 'List pods', workload: 'optional' },
  logs: { label: 'Show the log of a workload', workload: 'required' },
  events: { label: 'List events', workload: 'optional' },
  top: { label: 'Show what pods use', workload: 'optional' },
  diff: { label: 'Show what changed in a workload', workload: 'required' },
} as const satisfies Readonly<Record<string, CommandOffer>>;

/** The command of this name; `ask` where there is none. */
export function askCommandOf(value: string | undefined): AskCommand {
  return value !== undefined && Object.hasOwn(ASK_COMMANDS, value) ? (value as AskCommand) : 'ask';
}

/** The options of the select. */
export function listAskCommands(): readonly ModalOption[] {
  return Object.entries(ASK_COMMANDS).map(([value, { label }]) => ({ value, label }));
}
