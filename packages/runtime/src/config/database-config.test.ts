import { describe, expect, it } from '@jest/globals';
import { listSecretValues, loadConfig } from './load-config.ts';

const REDIS_URL = 'redis://127.0.0.1:6379';

/** The complaint about this address. */
function refusalOf(url: string): string {
  try {
    loadConfig({ MONGODB_URL: url, REDIS_URL });
  } catch (error) {
    return String((error as { readonly userMessage?: string }).userMessage);
  }
  return 'accepted';
}

describe('the database of a configuration', () => {
  it('is the embedded one by default', () => {
    expect(loadConfig({})).not.toHaveProperty('mongodb');
    expect(loadConfig({ MONGODB_DATABASE: 'jamie' })).not.toHaveProperty('mongodb');
  });

  it.each([
    'mongodb://127.0.0.1:27017',
    'mongodb://ada:s%40cret@one.example.com:27017,two.example.com:27018/admin?replicaSet=rs0&w=majority',
    'mongodb+srv://ada:pw@cluster.example.com/?journal=true&readConcernLevel=majority',
    'mongodb://[::1]:27017/?replicaSet=rs0',
  ])('is at %s when that is given', (url) => {
    expect(loadConfig({ MONGODB_URL: url, REDIS_URL }).mongodb).toEqual({ url, database: 'jamie-scarlet' });
  });

  it('has the name that is given, and no other than a plain one', () => {
    const given = { MONGODB_URL: 'mongodb://host', REDIS_URL };
    expect(loadConfig({ ...given, MONGODB_DATABASE: 'team_a' }).mongodb?.database).toBe('team_a');
    expect(() => loadConfig({ ...given, MONGODB_DATABASE: 'a/b' })).toThrow(
      expect.objectContaining({ userMessage: expect.stringContaining('MONGODB_DATABASE') }),
    );
  });

  it.each([
    'http://ada:canary@host',
    'host:27017',
    'mongodb://',
    'mongodb://ada:canary@@host',
    'mongodb://ada:can/ary@host',
    'mongodb://ada:can?ary@host',
    'mongodb://ada:canary@host/#x',
  ])('is not at %s, which is refused without repeating it', (url) => {
    expect(refusalOf(url)).toMatch(/MONGODB_URL: must be an address such as mongodb:/);
    expect(refusalOf(url)).not.toMatch(/canary|ary@/);
  });

  it.each(['w=1', 'w=0', 'W=2', 'journal=false', 'j=false', 'readConcernLevel=local'])(
    'is not one of which an address asks %s, for that keeps less than what was confirmed',
    (option) => {
      const refusal = refusalOf(`mongodb://ada:canary@host/?replicaSet=rs0&${option}`);
      expect(refusal.toLowerCase()).toContain(option.toLowerCase());
      expect(refusal).toMatch(/could be lost; remove it/);
      expect(refusal).not.toContain('canary');
    },
  );

  it('needs Redis, and the refusal says why and what to do', () => {
    expect(() => loadConfig({ MONGODB_URL: 'mongodb://host' })).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        userMessage: expect.stringMatching(
          /REDIS_URL: is needed with MONGODB_URL, because .+ or remove MONGODB_URL/,
        ),
      }),
    );
  });

  it('hides every secret of the address in both spellings, and nothing where there is none', () => {
    const secretsOf = (url: string) =>
      listSecretValues(loadConfig({ MONGODB_URL: url, REDIS_URL })).filter((each) => each !== url);
    expect(secretsOf('mongodb://ada:s%40cret@one,two/?replicaSet=rs0')).toEqual(['s%40cret', 's@cret']);
    expect(secretsOf('mongodb://host/?tlsCertificateKeyFilePassword=of-key')).toEqual(['of-key']);
    expect(secretsOf('mongodb://ada:50%25@host')).toEqual(['50%25', '50%']);
    expect(secretsOf('mongodb://ada@host')).toEqual([]);
    const url = 'mongodb://ada:pw@host';
    expect(listSecretValues(loadConfig({ MONGODB_URL: url, REDIS_URL }))).toContain(url);
    expect(listSecretValues(loadConfig({ MONGODB_URL: 'mongodb://host', REDIS_URL }))).toEqual([]);
  });
});
