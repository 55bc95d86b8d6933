import { z } from 'zod';
import { apiToken } from './api-config.ts';
import { type ConfigProblem, configInvalid, readVariables } from './read-variables.ts';
import { storageVariables, toDataDir } from './storage-config.ts';
import { type Environment, listVariables, secret, type Variable } from './variable.ts';

/** What the command line needs to find a running API. */
export interface ClientConfig {
  readonly dataDir: string;
  /** Absent: taken from api.json in the data directory. */
  readonly url?: string;
  readonly token?: string;
  /** Whether the person asked for no colour (https://no-color.org). */
  readonly noColor: boolean;
}

const clientVariables = z.object({
  JAMIE_URL: z
    .url({ protocol: /^https?$/, error: 'must be a URL such as http://127.0.0.1:8000' })
    .optional()
    .describe('For the command line: URL of the API to talk to. Default: the one running on this machine.'),
  JAMIE_TOKEN: secret(apiToken.optional(), 'For the command line: the token of that API.'),
  NO_COLOR: z
    .string()
    .optional()
    .describe('For the command line: any value switches colour off (https://no-color.org).'),
});

/** Reads what the command line needs. Throws config_invalid with every problem at once. */
export function loadClientConfig(environment: Environment = process.env): ClientConfig {
  const storage = readVariables(storageVariables, environment);
  const client = readVariables(clientVariables, environment);
  const problems: ConfigProblem[] = [storage, client].flatMap((read) =>
    read.kind === 'problems' ? read.problems : [],
  );
  if (storage.kind === 'problems' || client.kind === 'problems') throw configInvalid(problems);
  const { JAMIE_URL, JAMIE_TOKEN, NO_COLOR } = client.value;
  return Object.freeze({
    dataDir: toDataDir(storage.value),
    noColor: NO_COLOR !== undefined,
    ...(JAMIE_URL === undefined ? {} : { url: JAMIE_URL.replace(/\/+$/, '') }),
    ...(JAMIE_TOKEN === undefined ? {} : { token: JAMIE_TOKEN }),
  });
}

/** The variables that only the command line reads. */
export function listClientVariables(): readonly Variable[] {
  return listVariables(clientVariables).filter(({ name }) => name !== 'JAMIE_TOKEN');
}
