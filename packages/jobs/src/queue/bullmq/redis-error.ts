import { isOpsError, OpsError } from '@jamie/core';

/** What Redis answers to somebody who may not use it: no or a wrong password, or too few rights. */
const REFUSED = /^(NOAUTH|WRONGPASS|NOPERM|ERR (invalid password|AUTH))/;

/** Whether Redis turned us away, so that trying again changes nothing. */
export function isRefusal(error: unknown): error is Error {
  return error instanceof Error && REFUSED.test(error.message);
}

/** Translates an error of the Redis client or of BullMQ. Never quotes the address, which may hold a password. */
export function fromRedisError(error: unknown): OpsError {
  if (isOpsError(error)) return error;
  if (isRefusal(error)) {
    return new OpsError('config_invalid', 'redis refused the user or the password', {
      userMessage:
        'Redis refused the user or the password of REDIS_URL. Set REDIS_URL to redis://user:password@host:port of a user who may do everything with the keys under REDIS_KEY_PREFIX.',
      cause: error,
    });
  }
  return new OpsError('unavailable', 'redis does not answer', {
    userMessage: 'The job queue on Redis cannot be reached. Nothing is lost; work goes on when it is back.',
    cause: error,
  });
}
