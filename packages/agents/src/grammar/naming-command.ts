import { z } from 'zod';
import { type CommandSpec, defineCommand } from './command-spec.ts';
import { placeSchema, wordsSchema } from './parameters.ts';
import { readPlace } from './read-values.ts';

const namingParameters = z.strictObject({ words: wordsSchema, place: placeSchema });

interface Naming<Name extends string> extends Pick<CommandSpec<Name>, 'name' | 'summary' | 'examples'> {
  readonly aliases?: readonly string[];
  /** What follows the name. */
  readonly usage: string;
  /** What is missing where nothing is named, for example `which node`. */
  readonly missing: string;
}

/** A command that plans a change of the one object that it names, and takes nothing else. */
export function defineNamingCommand<const Name extends string>({
  missing,
  ...naming
}: Naming<Name>): CommandSpec<Name, typeof namingParameters> {
  return defineCommand({
    aliases: [],
    ...naming,
    tier: 'change',
    options: ['namespace', 'cluster'],
    parameters: namingParameters,
    read: (words) =>
      words.words.length === 0
        ? { problem: `${naming.name} needs more: ${missing}.` }
        : { words: words.words, place: readPlace(words) },
  });
}
