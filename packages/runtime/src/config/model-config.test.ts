import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './load-config.ts';

describe('the model in the configuration', () => {
  it('is off without an address, whatever else is set', () => {
    expect(loadConfig({ OLLAMA_MODEL: 'mistral:7b', MODEL_TIMEOUT_MS: '10000' }).model).toBeUndefined();
    expect(loadConfig({ OLLAMA_HOST: ' ' }).model).toBeUndefined();
  });

  it('needs nothing but an address', () => {
    expect(loadConfig({ OLLAMA_HOST: 'http://127.0.0.1:11434' }).model).toEqual({
      host: 'http://127.0.0.1:11434',
      model: 'llama3.1:8b',
      contextTokens: 8_192,
      timeoutMs: 30_000,
      firstByteTimeoutMs: 20_000,
    });
  });

  it.each([
    ['127.0.0.1', 'http://127.0.0.1:11434'],
    ['gpu-1:8080', 'http://gpu-1:8080'],
    ['https://ollama.example.com/', 'https://ollama.example.com'],
  ])('reads the address %s as Ollama does', (text, host) => {
    expect(loadConfig({ OLLAMA_HOST: text }).model?.host).toBe(host);
  });

  it.each([
    ['OLLAMA_HOST', 'ftp://gpu-1'],
    ['OLLAMA_HOST', 'http://me:secret@gpu-1:11434'],
    ['OLLAMA_HOST', 'http://gpu-1:11434/api'],
    ['OLLAMA_HOST', 'http://'],
    ['OLLAMA_MODEL', 'llama 3'],
    ['OLLAMA_CONTEXT_TOKENS', '12'],
    ['MODEL_TIMEOUT_MS', '10s'],
  ])('refuses %s=%s and says what it takes', (variable, value) => {
    expect(() => loadConfig({ OLLAMA_HOST: 'gpu-1', [variable]: value })).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        userMessage: expect.stringMatching(new RegExp(`${variable}.*must be`)),
      }),
    );
  });

  it('never repeats a password from an address', () => {
    expect(() => loadConfig({ OLLAMA_HOST: 'http://me:canary@gpu-1' })).toThrow(
      expect.objectContaining({ userMessage: expect.not.stringContaining('canary') }),
    );
  });
});
