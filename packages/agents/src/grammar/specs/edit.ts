import { z } from 'zod';
import { defineCommand } from '../command-spec.ts';
import { planIdSchema } from '../parameters.ts';

const NAMED_VALUE = /^([a-z]{1,30})=(\d{1,9})$/;

/** `replicas=5`: no text but digits is ever a value. */
const valuesSchema = z.record(z.string().regex(/^[a-z]{1,30}$/), z.string().regex(/^\d{1,9}$/));

export const editCommand = defineCommand({
  name: 'edit',
  aliases: [],
  tier: 'change',
  summary: 'Plan the same again with another number',
  usage: 'PLAN NAME=NUMBER',
  examples: ['edit p-4k7d2m9q replicas=5', 'edit p-4k7d2m9q revision=3'],
  options: [],
  parameters: z.strictObject({ planId: planIdSchema, values: valuesSchema }),
  read({ words }) {
    const [planId, ...assignments] = words;
    if (planId === undefined || assignments.length === 0)
      return { problem: 'edit needs more: which plan, and what is to be different.' };
    const values: Record<string, string> = {};
    for (const assignment of assignments) {
      const [, name, value] = NAMED_VALUE.exec(assignment.toLowerCase()) ?? [];
      if (name === undefined || value === undefined)
        return { problem: `"${assignment.slice(0, 40)}" is not a name and a whole number.` };
      values[name] = value;
    }
    return { planId, values };
  },
});
