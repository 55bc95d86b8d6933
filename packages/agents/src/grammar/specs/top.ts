import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { pageSchema, placeSchema, wordsSchema } from '../parameters.ts';
import { readNumber, readPlace } from '../read-values.ts';

const WHOLE_WORDS: Readonly<Record<string, 'pods' | 'nodes'>> = {
  pods: 'pods',
  pod: 'pods',
  nodes: 'nodes',
  node: 'nodes',
};

export const topCommand = defineCommand({
  name: 'top',
  aliases: ['usage'],
  tier: 'read',
  summary: 'CPU and memory in use, beside requests and limits',
  usage: '[pods|nodes|TARGET] [--by cpu|memory] [--chart]',
  examples: ['top -n payments', 'top nodes', 'top checkout --by memory'],
  options: ['namespace', 'all', 'cluster', 'by', 'chart', 'page'],
  parameters: z.strictObject({
    of: z.enum(['pods', 'nodes']),
    words: wordsSchema,
    place: placeSchema,
    by: z.enum(['cpu', 'memory'], { error: '--by takes cpu or memory.' }),
    chart: z.boolean().default(false),
    page: pageSchema,
  }),
  read(words) {
    const [first, ...others] = words.words;
    const whole = others.length === 0 ? WHOLE_WORDS[first?.toLowerCase() ?? ''] : undefined;
    return {
      of: whole ?? 'pods',
      words: whole === undefined ? words.words : [],
      place: readPlace(words),
      by: words.options.by?.toLowerCase() ?? 'cpu',
      chart: words.options.chart !== undefined,
      page: readNumber(words.options.page) ?? 1,
    };
  },
});
