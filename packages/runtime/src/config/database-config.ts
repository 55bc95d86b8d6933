import { z } from 'zod';
import type { ConfigProblem } from './read-variables.ts';
import { secret } from './variable.ts';

/** The MongoDB in which everything durable is kept. */
export interface MongodbConfig {
  /** mongodb:// or mongodb+srv://; may hold a password. */
  readonly url: string;
  /** The database there. */
  readonly database: string;
}

const URL_EXPECTED =
  'must be an address such as mongodb://user:password@host:27017/?replicaSet=rs0, with special characters of the password percent-encoded';

/** An address may name several hosts, which no URL can, so that it is taken apart by hand. */
const ADDRESS =
  /^mongodb(?:\+srv)?:\/\/(?:(?<credentials>[^/?#@]*)@)?[^/?#@\s]+(?:\/[^?#@\s]*)?(?:\?(?<options>[^#@\s]*))?$/;

/** What an address could ask for that keeps less than was promised. Read case by case as the driver does. */
const WEAKER: Readonly<Record<string, (value: string) => boolean>> = {
  w: (value) => value !== 'majority',
  journal: (value) => value !== 'true',
  j: (value) => value !== 'true',
  readconcernlevel: (value) => value === 'local' || value === 'available',
};

/** Never repeats what it refuses: there may be a password in it. */
const mongodbUrl = z.string().check((context) => {
  const found = ADDRESS.exec(context.value);
  if (found === null) {
    context.issues.push({ code: 'custom', message: URL_EXPECTED, input: '' });
    return;
  }
  const weaker = listOptions(found.groups?.['options']).find(([name, value]) => WEAKER[name]?.(value));
  if (weaker === undefined) return;
  const message = `asks for ${weaker[0]}=${weaker[1]}, with which an approval or an audit record that was confirmed could be lost; remove it: every write is confirmed by the journals of a majority`;
  context.issues.push({ code: 'custom', message, input: '' });
});

export const databaseVariables = z.object({
  MONGODB_URL: secret(
    mongodbUrl.optional(),
    'MongoDB in which everything durable is kept, for processes on several machines, for example mongodb://user:password@host:27017/?replicaSet=rs0. It must be a replica set of MongoDB 7.0 or newer, and needs REDIS_URL. Default: none; everything is kept in the data directory.',
  ),
  MONGODB_DATABASE: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,63}$/, 'must be 1 to 63 letters, digits, hyphens or underscores')
    .default('jamie-scarlet')
    .describe(
      'The database in that MongoDB; processes with the same one share everything. Default: jamie-scarlet',
    ),
});

/** Where the records are kept, from its variables; undefined: in the data directory. */
export function toMongodbConfig(values: z.output<typeof databaseVariables>): MongodbConfig | undefined {
  if (values.MONGODB_URL === undefined) return undefined;
  return { url: values.MONGODB_URL, database: values.MONGODB_DATABASE };
}

/** MongoDB holds no jobs: with the store there, they need a place that all processes reach. */
export const NO_QUEUE_FOR_MONGODB: ConfigProblem = {
  variable: 'REDIS_URL',
  problem:
    'is needed with MONGODB_URL, because the jobs of several processes wait on Redis; set it to an address such as redis://127.0.0.1:6379, or remove MONGODB_URL to keep everything in the data directory',
};

/** Options whose values are secrets: https://www.mongodb.com/docs/manual/reference/connection-string-options/ */
const SECRET_OPTIONS: ReadonlySet<string> = new Set([
  'authmechanismproperties',
  'proxypassword',
  'tlscertificatekeyfilepassword',
]);

/** What of the address must never be shown. */
export function listMongodbSecrets({ url }: MongodbConfig): readonly string[] {
  const { credentials = '', options } = ADDRESS.exec(url)?.groups ?? {};
  const password = credentials.slice(credentials.indexOf(':') + 1 || credentials.length);
  const values = listOptions(options).flatMap(([name, value]) => (SECRET_OPTIONS.has(name) ? [value] : []));
  const secrets = [password, ...values].filter((value) => value !== '');
  return secrets.length === 0 ? [] : [url, ...new Set(secrets.flatMap((each) => [each, decode(each)]))];
}

function listOptions(text = ''): readonly (readonly [name: string, value: string])[] {
  return [...new URLSearchParams(text)].map(([name, value]) => [name.toLowerCase(), value]);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone percent sign stands for itself; the driver refuses it later.
    return text;
  }
}
