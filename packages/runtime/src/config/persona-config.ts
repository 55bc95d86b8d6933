import { z } from 'zod';

/** `light`: one dry remark in a conversation at most, where all is well. `off`: none. */
export type Persona = 'off' | 'light';

export const personaVariables = z.object({
  PERSONA: z
    .enum(['off', 'light'])
    .default('light')
    .describe(
      'Whether Jamie may make one dry remark in a conversation, in greetings, thanks and healthy answers only: off or light. Default: light',
    ),
});
