import { FakeClock, RecordingLogger, startOllamaDouble } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { connectModel } from './connect-model.ts';

describe('connectModel', () => {
  it('gives no model and a check that is off where none is configured', async () => {
    const connected = await connectModel({}, new FakeClock(), new RecordingLogger());
    expect(connected.model).toBeUndefined();
    expect(await connected.check()).toMatchObject({ name: 'Model', status: 'off' });
  });

  it('gives the model that is configured and a check that looks at it', async () => {
    const clock = new FakeClock();
    const double = await startOllamaDouble({ clock, script: () => 'The probe fails.' });
    try {
      const config = {
        host: double.host,
        model: 'llama3.1:8b',
        contextTokens: 8_192,
        timeoutMs: 30_000,
        firstByteTimeoutMs: 20_000,
      };
      const { model, check } = await connectModel({ model: config }, clock, new RecordingLogger());
      expect(await check()).toMatchObject({ name: 'Model', status: 'ok' });
      const { signal } = new AbortController();
      const request = { messages: [{ role: 'user', content: 'Why?' }], maxTokens: 50, signal } as const;
      expect(await model?.chat(request)).toMatchObject({ text: 'The probe fails.' });
    } finally {
      await double.close();
    }
  });
});
