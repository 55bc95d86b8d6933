import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

export const storageVariables = z.object({
  JAMIE_DATA_DIR: z
    .string()
    .optional()
    .describe(
      'Directory of the embedded store, one running process per directory unless JAMIE_REPLICAS says several. Default: jamie-scarlet in the user’s data directory.',
    ),
  JAMIE_REPLICAS: z
    .enum(['one', 'several'])
    .default('one')
    .describe(
      'Whether one process has the data directory for itself, or several on this machine share it: one or several. Default: one',
    ),
  XDG_DATA_HOME: z
    .string()
    .optional()
    .describe('The user’s data directory, a convention of the desktop. Default: ~/.local/share'),
});

/** The absolute path of the data directory. */
export function toDataDir(values: z.output<typeof storageVariables>): string {
  if (values.JAMIE_DATA_DIR !== undefined) return resolve(values.JAMIE_DATA_DIR);
  return join(values.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'jamie-scarlet');
}
