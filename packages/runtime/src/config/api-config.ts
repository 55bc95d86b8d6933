import { z } from 'zod';
import { commaList, secret, wholeNumber } from './variable.ts';

/** Where the API listens and what opens it. */
export interface ApiConfig {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Absent: a new random one at each start. */
  readonly token?: string;
  /** Names beside loopback under which browsers may reach the page. */
  readonly allowedHosts: readonly string[];
}

/** The token that opens the API. Long enough that nobody guesses it. */
export const apiToken = z
  .string()
  .regex(/^[\x21-\x7e]{16,256}$/, 'must be 16 to 256 printable characters without spaces');

export const apiVariables = z.object({
  JAMIE_HOST: z
    .string()
    .default('127.0.0.1')
    .describe('Address on which the API and the page listen. Default: 127.0.0.1'),
  JAMIE_PORT: wholeNumber(0, 65_535)
    .default(8000)
    .describe('Port of the API and the page; 0 takes any free one. Default: 8000'),
  JAMIE_ALLOWED_HOSTS: commaList
    .default([])
    .describe(
      'Host names, comma separated, under which browsers reach the page beside localhost, for example jamie.example.com',
    ),
  JAMIE_TOKEN: secret(
    apiToken.optional(),
    'Token that opens the API, at least 16 characters. Default: a new random one at each start, written to api.json in the data directory.',
  ),
});

/** The API's configuration from its variables. */
export function toApiConfig(values: z.output<typeof apiVariables>): ApiConfig {
  return {
    host: values.JAMIE_HOST,
    port: values.JAMIE_PORT,
    allowedHosts: values.JAMIE_ALLOWED_HOSTS.map((host) => host.toLowerCase()),
    ...(values.JAMIE_TOKEN === undefined ? {} : { token: values.JAMIE_TOKEN }),
  };
}
