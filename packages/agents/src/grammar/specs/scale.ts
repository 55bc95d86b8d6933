import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { placeSchema, replicaAmountSchema, wordsSchema } from '../parameters.ts';
import { readAmount } from '../read-amount.ts';
import { readPlace } from '../read-values.ts';

export const scaleCommand = defineCommand({
  name: 'scale',
  aliases: [],
  tier: 'change',
  summary: 'Plan another number of replicas',
  usage: 'TARGET AMOUNT (5, +2, -1, x2) [-n NAMESPACE]',
  examples: ['scale deploy/checkout 5 -n payments', 'scale checkout +2'],
  options: ['namespace', 'cluster'],
  parameters: z.strictObject({ words: wordsSchema, amount: replicaAmountSchema, place: placeSchema }),
  read(words) {
    const said = words.words.filter((word) => word.toLowerCase() !== 'to');
    const target = said.slice(0, -1);
    const last = said.at(-1) ?? '';
    if (target.length === 0) return { problem: 'scale needs more: what, and to how many replicas.' };
    const amount = readAmount(last);
    if (amount === undefined) return { problem: `How many replicas? "${last}" is not a whole number.` };
    return { words: target, amount, place: readPlace(words) };
  },
});
