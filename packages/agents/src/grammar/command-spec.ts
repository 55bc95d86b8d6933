import type { z } from 'zod';
import type { OptionName } from './options.ts';
import type { CommandWords } from './split-command.ts';

/**
 * What a command may bring about. `read` looks; `change` makes a plan, which changes nothing until it is approved;
 * `decide` votes; `switch` stops or starts all changes; `settings` touches what is ours alone.
 */
export type CommandTier = 'read' | 'change' | 'decide' | 'switch' | 'settings';

/** What a reader of the words gives back: raw parameters for the schema, or what is wrong with the words. */
export type Reading = { readonly [parameter: string]: unknown } | { readonly problem: string };

/** One command: how it is typed, what it takes, and how it is explained. Its handler stands in `commands/`. */
export interface CommandSpec<Name extends string = string, Parameters extends z.ZodObject = z.ZodObject> {
  readonly name: Name;
  readonly aliases: readonly string[];
  readonly tier: CommandTier;
  /** One line for help, without a full stop. */
  readonly summary: string;
  /** What follows the name, for example `TARGET [-n NAMESPACE]`. */
  readonly usage: string;
  /** Whole commands that work as they stand; the first is the one shown after a mistake. */
  readonly examples: readonly string[];
  readonly options: readonly OptionName[];
  readonly parameters: Parameters;
  readonly read: (words: CommandWords) => Reading;
}

/** Keeps the exact name and parameters of a spec in its type. */
export function defineCommand<const Name extends string, Parameters extends z.ZodObject>(
  spec: CommandSpec<Name, Parameters>,
): CommandSpec<Name, Parameters> {
  return spec;
}
