import { describe, expect, it } from '@jest/globals';
import { loadClientConfig } from './load-client-config.ts';

describe('loadClientConfig', () => {
  it('needs nothing', () => {
    expect(loadClientConfig({ XDG_DATA_HOME: '/data' })).toEqual({
      dataDir: '/data/jamie-scarlet',
      noColor: false,
    });
  });

  it('takes URL, token, directory and the wish for no colour', () => {
    const config = loadClientConfig({
      JAMIE_URL: 'http://127.0.0.1:9/',
      JAMIE_TOKEN: 'a-token-of-16-characters',
      JAMIE_DATA_DIR: '/d',
      NO_COLOR: '1',
    });
    expect(config).toEqual({
      url: 'http://127.0.0.1:9',
      token: 'a-token-of-16-characters',
      dataDir: '/d',
      noColor: true,
    });
  });

  it('refuses a URL that is none', () => {
    expect(() => loadClientConfig({ JAMIE_URL: 'localhost' })).toThrow(
      expect.objectContaining({ code: 'config_invalid', userMessage: expect.stringContaining('JAMIE_URL') }),
    );
  });
});
