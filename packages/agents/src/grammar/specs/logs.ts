import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { MAX_FOLLOW_SECONDS, placeSchema, sinceSecondsSchema, wordsSchema } from '../parameters.ts';
import { given, readNumber, readPlace, readSeconds } from '../read-values.ts';

const DEFAULT_FOLLOW_SECONDS = 30;

export const logsCommand = defineCommand({
  name: 'logs',
  aliases: ['log'],
  tier: 'read',
  summary: 'What its containers wrote, with secrets taken out',
  usage: 'TARGET [-c CONTAINER] [--previous] [--since 10m] [--tail 100] [--grep TEXT] [--follow 30s]',
  examples: ['logs checkout -n payments --previous', 'logs checkout --since 10m --grep timeout'],
  options: ['namespace', 'cluster', 'container', 'previous', 'since', 'tail', 'grep', 'follow'],
  parameters: z.strictObject({
    words: wordsSchema,
    place: placeSchema,
    container: z.string().min(1).exactOptional(),
    previous: z.boolean(),
    sinceSeconds: sinceSecondsSchema.exactOptional(),
    tailLines: z
      .int({ error: '--tail takes a number of lines.' })
      .min(1, { error: '--tail takes at least 1 line.' })
      .max(10_000, { error: '--tail takes at most 10000 lines.' })
      .exactOptional(),
    /** Plain text, not a pattern: nobody should have to escape at night. */
    grep: z.string().min(1).max(200, { error: '--grep takes at most 200 characters.' }).exactOptional(),
    followSeconds: z
      .int({ error: '--follow takes a time such as 30s.' })
      .min(1)
      .max(MAX_FOLLOW_SECONDS, { error: `I follow a log for at most ${MAX_FOLLOW_SECONDS} s.` })
      .exactOptional(),
  }),
  read(words) {
    const { options } = words;
    const { since, follow, previous } = options;
    if (follow !== undefined && previous !== undefined)
      return { problem: 'The log of a container that has ended cannot be followed: leave out one of both.' };
    return {
      words: words.words,
      place: readPlace(words),
      previous: previous !== undefined,
      ...given({
        container: options.container,
        sinceSeconds: since === undefined ? undefined : (readSeconds(since) ?? since),
        tailLines: readNumber(options.tail),
        grep: options.grep,
        followSeconds: follow === undefined ? undefined : readFollow(follow),
      }),
    };
  },
});

function readFollow(text: string): number | string {
  return text === '' ? DEFAULT_FOLLOW_SECONDS : (readSeconds(text) ?? text);
}
