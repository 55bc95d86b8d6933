import { describe, expect, it } from '@jest/globals';
import { listSecretValues, loadConfig } from './load-config.ts';

describe('the queue of a configuration', () => {
  it('is the embedded one by default', () => {
    expect(loadConfig({})).not.toHaveProperty('redis');
  });

  it.each(['redis://127.0.0.1:6379', 'rediss://ada:s%40cret@redis.example.com:6380/3', 'redis://:pw@[::1]'])(
    'lives at %s when that is given',
    (url) => {
      expect(loadConfig({ REDIS_URL: url, REDIS_KEY_PREFIX: 'team-a' }).redis).toEqual({
        url,
        keyPrefix: 'team-a',
      });
    },
  );

  it.each([
    '127.0.0.1:6379',
    'http://127.0.0.1',
    'redis://',
    'redis://host/jobs',
    'redis://me:canary@host/?x=1',
  ])('refuses %s without repeating it', (url) => {
    expect(() => loadConfig({ REDIS_URL: url })).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        userMessage: expect.stringMatching(/REDIS_URL: must be an address such as redis:/),
      }),
    );
    expect(() => loadConfig({ REDIS_URL: url })).toThrow(
      expect.objectContaining({ userMessage: expect.not.stringContaining('canary') }),
    );
  });

  it('refuses a prefix that would not stay one', () => {
    expect(() => loadConfig({ REDIS_KEY_PREFIX: 'a:b' })).toThrow(
      expect.objectContaining({ userMessage: expect.stringContaining('REDIS_KEY_PREFIX') }),
    );
  });

  it('hides the password in both spellings, and nothing where there is none', () => {
    expect(listSecretValues(loadConfig({ REDIS_URL: 'rediss://ada:s%40cret@host' }))).toEqual([
      'rediss://ada:s%40cret@host',
      's%40cret',
      's@cret',
    ]);
    expect(listSecretValues(loadConfig({ REDIS_URL: 'redis://127.0.0.1' }))).toEqual([]);
  });
});
