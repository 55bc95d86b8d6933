import { z } from 'zod';
import { secret } from './variable.ts';

/** The Redis on which jobs wait. */
export interface RedisConfig {
  /** redis:// or rediss://; may hold a password. */
  readonly url: string;
  /** Every key there begins with it. */
  readonly keyPrefix: string;
}

const URL_EXPECTED =
  'must be an address such as redis://127.0.0.1:6379 or rediss://user:password@host:6380/0';

/** Never repeats what it refuses: there may be a password in it. */
const redisUrl = z.string().refine((text) => {
  const url = URL.parse(text);
  if (url === null || url.hostname === '' || url.hash !== '' || url.search !== '') return false;
  return /^rediss?:$/.test(url.protocol) && /^(\/(\d{1,4})?)?$/.test(url.pathname);
}, URL_EXPECTED);

export const queueVariables = z.object({
  REDIS_URL: secret(
    redisUrl.optional(),
    'Redis on which jobs wait, for processes on several machines, for example redis://127.0.0.1:6379 or rediss://user:password@host:6380/0. It needs maxmemory-policy noeviction and should keep an append-only file. Default: none; jobs wait in the store.',
  ),
  REDIS_KEY_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_{}-]{1,64}$/, 'must be 1 to 64 letters, digits, hyphens, underscores or braces')
    .default('jamie')
    .describe(
      'What every key in that Redis begins with; processes with the same prefix share their jobs. Default: jamie',
    ),
});

/** The queue's configuration from its variables; undefined: jobs wait in the store. */
export function toRedisConfig(values: z.output<typeof queueVariables>): RedisConfig | undefined {
  if (values.REDIS_URL === undefined) return undefined;
  return { url: values.REDIS_URL, keyPrefix: values.REDIS_KEY_PREFIX };
}

/** What of the address must never be shown. */
export function listRedisSecrets({ url }: RedisConfig): readonly string[] {
  const { password } = new URL(url);
  return password === '' ? [] : [url, password, decodeURIComponent(password)];
}
