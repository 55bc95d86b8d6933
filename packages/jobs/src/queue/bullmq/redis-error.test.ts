import { OpsError } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { fromRedisError } from './redis-error.ts';

describe('fromRedisError', () => {
  it.each([
    'NOAUTH Authentication required.',
    'WRONGPASS invalid username-password pair or user is disabled.',
    'NOPERM this user has no permissions to run the command',
  ])('tells that trying again is of no use after %s', (message) => {
    const error = fromRedisError(new Error(message));
    expect(error).toMatchObject({ code: 'config_invalid', retryable: false });
    expect(error.userMessage).toContain('REDIS_URL');
  });

  it.each([
    'connect ECONNREFUSED',
    'Connection is closed.',
    'LOADING Redis is loading',
    'OOM command not allowed',
  ])('asks for another try after %s', (message) => {
    expect(fromRedisError(new Error(message))).toMatchObject({ code: 'unavailable', retryable: true });
  });

  it('leaves our own errors as they are', () => {
    const error = new OpsError('invalid_input', 'no');
    expect(fromRedisError(error)).toBe(error);
  });
});
