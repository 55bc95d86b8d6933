import { FakeClock, type OllamaDoubleOptions, RecordingLogger, startOllamaDouble } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { probeModel } from './probe-model.ts';

async function probe(double: Partial<OllamaDoubleOptions>, isUp = true) {
  const clock = new FakeClock();
  const server = await startOllamaDouble({ clock, ...double });
  if (!isUp) await server.close();
  try {
    const result = await probeModel({
      host: server.host,
      model: 'llama3.1:8b',
      contextTokens: 8_192,
      timeoutMs: 30_000,
      firstByteTimeoutMs: 10_000,
      clock,
      logger: new RecordingLogger(),
    });
    expect(clock.sleeping).toBe(0);
    return { ...result, chats: server.chats.length };
  } finally {
    if (isUp) await server.close();
  }
}

describe('probeModel', () => {
  it('is well where the model is there, and asks it nothing', async () => {
    expect(await probe({})).toMatchObject({
      status: 'ok',
      detail: expect.stringContaining('0.17.4'),
      mend: '',
      chats: 0,
    });
  });

  it('says which command brings a missing model', async () => {
    expect(await probe({ models: ['mistral:7b'] })).toMatchObject({
      status: 'failed',
      mend: 'ollama pull llama3.1:8b',
    });
  });

  it('fails on a server that cannot constrain answers', async () => {
    expect(await probe({ version: '0.4.9' })).toMatchObject({
      status: 'failed',
      mend: expect.stringContaining('Update'),
    });
  });

  it('fails on a model that cannot chat', async () => {
    expect(await probe({ capabilities: ['embedding'] })).toMatchObject({
      status: 'failed',
      mend: expect.stringContaining('OLLAMA_MODEL'),
    });
  });

  it('warns when the model takes less than it may be sent', async () => {
    expect(await probe({ trainedContext: 2_048 })).toMatchObject({
      status: 'warning',
      mend: expect.stringContaining('OLLAMA_CONTEXT_TOKENS=2048'),
    });
  });

  it('fails where nothing listens, with the way out', async () => {
    expect(await probe({}, false)).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining('cannot be reached'),
      mend: expect.stringContaining('OLLAMA_HOST'),
    });
  });
});
