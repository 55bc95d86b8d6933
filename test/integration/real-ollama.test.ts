import { createOllamaModel, probeModel } from '@jamie/llm';
import { systemClock } from '@jamie/runtime';
import { RecordingLogger } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';

const host = process.env['OLLAMA_TEST_HOST'];
const name = process.env['OLLAMA_TEST_MODEL'] ?? 'llama3.1:8b';
/** Loading a model on a processor takes its time. */
const TIMEOUT_MS = 200_000;

if (host === undefined) {
  process.stderr.write(
    'SKIPPED: the suite for a real Ollama. Set OLLAMA_TEST_HOST (and OLLAMA_TEST_MODEL) to run it; see docs/model.md.\n',
  );
}

function optionsFor(model: string) {
  return {
    host: host ?? '',
    model,
    contextTokens: 2_048,
    timeoutMs: TIMEOUT_MS,
    firstByteTimeoutMs: TIMEOUT_MS,
    clock: systemClock,
    logger: new RecordingLogger(),
  };
}

function asking(content: string, signal = new AbortController().signal) {
  return { messages: [{ role: 'user', content }], maxTokens: 60, signal } as const;
}

(host === undefined ? describe.skip : describe)('a real Ollama', () => {
  it('is well by the probe', async () => {
    expect(['ok', 'warning']).toContain((await probeModel(optionsFor(name))).status);
  });

  it(
    'answers, and counts what it was sent',
    async () => {
      const answer = await createOllamaModel(optionsFor(name)).chat(asking('Say one word about the sea.'));
      expect(answer.text).not.toBe('');
      expect(answer.inputTokens).toBeGreaterThan(5);
    },
    TIMEOUT_MS,
  );

  it(
    'keeps to a JSON schema',
    async () => {
      const schema = {
        type: 'object',
        properties: { tool: { type: 'string', enum: ['why', 'none'] } },
        required: ['tool'],
        additionalProperties: false,
      };
      const request = { ...asking('Choose a tool and answer as JSON: {"tool": "why"}'), schema };
      const { text } = await createOllamaModel(optionsFor(name)).chat(request);
      expect(JSON.parse(text)).toEqual({ tool: expect.stringMatching(/^(why|none)$/) });
    },
    TIMEOUT_MS,
  );

  it('is told apart from a server without the model', async () => {
    const failing = createOllamaModel(optionsFor('nobody/has-this:1b')).chat(asking('Hello?'));
    await expect(failing).rejects.toMatchObject({ code: 'unavailable', retryable: false });
  });

  it('lets go when the question is cancelled', async () => {
    const abort = new AbortController();
    const failing = createOllamaModel(optionsFor(name)).chat(asking('Count to a thousand.', abort.signal));
    abort.abort();
    await expect(failing).rejects.toMatchObject({ code: 'cancelled' });
  });
});
