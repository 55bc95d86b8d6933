import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { readSeconds } from '../read-values.ts';

/** Slack writes the mention of a person as `<@U123>` or `<@U123|grace>`. */
const MENTION = /^<@([A-Z0-9]{2,30})(?:\|[^>]{0,80})?>$/;
const TIME = /^\d/;

export const delegateCommand = defineCommand({
  name: 'delegate',
  aliases: ['stand-in'],
  tier: 'decide',
  summary: 'Let somebody approve for you for a while, end that, or list who stands in for whom',
  usage: '[@PERSON TIME [REASON] | end @PERSON]',
  examples: ['delegate', 'delegate <@U0B> 8h on the train', 'delegate end <@U0B>'],
  options: [],
  parameters: z.strictObject({
    userId: z.string().exactOptional(),
    seconds: z.int().min(60).exactOptional(),
    ends: z.boolean(),
    reason: z.string(),
  }),
  read({ words, rest }) {
    const [first, second] = words;
    if (first === undefined) return { ends: false, reason: '' };
    const ends = first.toLowerCase() === 'end';
    const who = MENTION.exec((ends ? second : first) ?? '')?.[1];
    if (who === undefined) return { problem: 'delegate needs more: mention the person, for example @grace.' };
    if (ends) return { userId: who, ends, reason: '' };
    const seconds = second !== undefined && TIME.test(second) ? readSeconds(second) : undefined;
    if (seconds === undefined) return { problem: 'delegate needs more: for how long, for example 8h or 2d.' };
    const reason = rest.slice(rest.indexOf(second ?? '') + (second ?? '').length).trim();
    return { userId: who, seconds, ends, reason };
  },
});
