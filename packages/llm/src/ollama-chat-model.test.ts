import { type ChatRequest, isOpsError, type OpsError } from '@jamie/core';
import {
  FakeClock,
  type OllamaDouble,
  type OllamaDoubleOptions,
  type OllamaFault,
  RecordingLogger,
  startOllamaDouble,
} from '@jamie/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createOllamaModel, type OllamaModelOptions } from './ollama-chat-model.ts';

/** Tells when somebody has begun to wait for a given time. */
class WatchedClock extends FakeClock {
  readonly #asked = new Map<number, () => void>();

  untilAskedFor(durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#asked.set(durationMs, resolve);
    });
  }

  override sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    const sleeping = super.sleep(durationMs, signal);
    this.#asked.get(durationMs)?.();
    return sleeping;
  }
}

let double: OllamaDouble | undefined;

afterEach(async () => {
  await double?.close();
  double = undefined;
});

async function start(options: Partial<OllamaDoubleOptions> = {}, model: Partial<OllamaModelOptions> = {}) {
  const clock = new WatchedClock();
  const logger = new RecordingLogger();
  const started = await startOllamaDouble({ clock, ...options });
  double = started;
  return {
    clock,
    logger,
    double: started,
    model: createOllamaModel({
      host: started.host,
      model: 'llama3.1:8b',
      contextTokens: 4_096,
      timeoutMs: 30_000,
      firstByteTimeoutMs: 10_000,
      clock,
      logger,
      ...model,
    }),
  };
}

function asking(content: string, more: Partial<ChatRequest> = {}): ChatRequest {
  return {
    messages: [
      { role: 'system', content: 'You word findings.' },
      { role: 'user', content },
    ],
    maxTokens: 200,
    signal: new AbortController().signal,
    ...more,
  };
}

async function failureOf(promise: Promise<unknown>): Promise<OpsError> {
  try {
    await promise;
  } catch (error) {
    if (isOpsError(error)) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

const SCHEMA = { type: 'object', properties: { tool: { type: 'string' } }, required: ['tool'] };
const LONG = 'The pod payments/checkout restarts because its probe fails. '.repeat(20);

describe('createOllamaModel', () => {
  it('gives the whole answer with its counts', async () => {
    const { model, double: server } = await start({ script: () => 'The probe fails [E1].' });
    const answer = await model.chat(asking('Why?'));
    expect(answer).toEqual({
      text: 'The probe fails [E1].',
      isWhole: true,
      inputTokens: expect.any(Number),
      outputTokens: expect.any(Number),
    });
    expect(answer.inputTokens).toBeGreaterThan(4);
    expect(server.chats).toEqual([
      expect.objectContaining({
        model: 'llama3.1:8b',
        stream: true,
        think: false,
        truncate: false,
        shift: false,
        options: { num_ctx: 4_096, num_predict: 200, temperature: 0 },
      }),
    ]);
  });

  it('writes counts to the log and no word of prompt or answer', async () => {
    const { model, logger } = await start({ script: () => 'canary-in-the-answer' });
    await model.chat(asking('canary-in-the-question'));
    expect(logger.messages('debug')).toEqual(['Model answered']);
    expect(JSON.stringify(logger.entries)).not.toContain('canary');
  });

  it('sends the schema as format and keeps JSON as it came', async () => {
    const { model, double: server } = await start({ script: () => '{"tool": "pods"}' });
    const answer = await model.chat(asking('Which?', { schema: SCHEMA }));
    expect(answer.text).toBe('{"tool": "pods"}');
    expect(server.chats[0]?.format).toEqual(SCHEMA);
  });

  it('strips the thinking of a reasoning model', async () => {
    const { model } = await start({ script: () => '<think>the probe, perhaps</think>The probe fails.' });
    expect((await model.chat(asking('Why?'))).text).toBe('The probe fails.');
  });

  it('says that an answer is a part when the model stopped at its limit', async () => {
    const { model } = await start({ script: () => LONG });
    expect((await model.chat(asking('Why?', { maxTokens: 20 }))).isWhole).toBe(false);
  });

  it('refuses a prompt that does not fit before anything is sent', async () => {
    const { model, double: server } = await start({}, { contextTokens: 256 });
    expect(await failureOf(model.chat(asking(LONG)))).toMatchObject({ code: 'invalid_input' });
    expect(server.chats).toEqual([]);
  });

  it.each<[string, OllamaFault, string, string]>([
    ['an empty 200', { kind: 'empty' }, 'model_output_invalid', 'nothing'],
    ['an empty message', { kind: 'says_nothing' }, 'model_output_invalid', 'nothing'],
    ['GGGG', { kind: 'garbage' }, 'model_output_invalid', 'nonsense'],
    ['lines that are no JSON', { kind: 'no_protocol' }, 'model_output_invalid', 'OLLAMA_HOST'],
    ['a prompt that was cut', { kind: 'cuts_prompt', contextTokens: 64 }, 'model_output_invalid', 'see'],
    ['an endless answer', { kind: 'endless' }, 'model_output_invalid', 'stop'],
    ['a connection that is reset', { kind: 'cut', afterTokens: 3 }, 'unavailable', 'broke off'],
    ['an error mid-stream', { kind: 'error_line', afterTokens: 3, error: 'x' }, 'unavailable', 'broke off'],
    ['HTTP 500', { kind: 'status', status: 500, error: 'llama runner died' }, 'unavailable', 'HTTP 500'],
    ['HTTP 429', { kind: 'status', status: 429, error: 'slow down' }, 'rate_limited', 'too often'],
    [
      'a refusal of the length',
      { kind: 'status', status: 400, error: '{"error":{"type":"exceed_context_size_error"}}' },
      'invalid_input',
      'OLLAMA_CONTEXT_TOKENS',
    ],
  ])('turns %s into an error that says so', async (_name, fault, code, word) => {
    const { model, double: server } = await start();
    server.fault = fault;
    const failure = await failureOf(model.chat(asking(LONG)));
    expect(failure).toMatchObject({ code, userMessage: expect.stringContaining(word) });
  });

  it('turns JSON that breaks off into an error where JSON was asked for', async () => {
    const { model, double: server } = await start({ script: () => '{"tool": "pods"}' });
    server.fault = { kind: 'broken_json' };
    const failure = await failureOf(model.chat(asking('Which?', { schema: SCHEMA })));
    expect(failure).toMatchObject({ code: 'model_output_invalid', details: { reason: 'broken_json' } });
  });

  it('says which command brings a missing model, and that trying again is of no use', async () => {
    const { model } = await start({ models: [] });
    expect(await failureOf(model.chat(asking('Why?')))).toMatchObject({
      code: 'unavailable',
      retryable: false,
      userMessage: 'The model llama3.1:8b is not on the Ollama server (run: ollama pull llama3.1:8b).',
    });
  });

  it('is unavailable where nothing listens', async () => {
    const { model, double: server } = await start();
    await server.close();
    double = undefined;
    expect(await failureOf(model.chat(asking('Why?')))).toMatchObject({
      code: 'unavailable',
      retryable: true,
      userMessage: expect.stringContaining('cannot be reached'),
    });
  });
});

describe('the time limits of a model', () => {
  it('end a request without a first byte', async () => {
    const { model, clock, double: server } = await start();
    server.fault = { kind: 'hang' };
    const failing = failureOf(model.chat(asking('Why?')));
    await server.untilChats(1);
    await clock.advance(10_000);
    expect(await failing).toMatchObject({
      code: 'timeout',
      userMessage: 'The model did not answer within 10 s.',
    });
    await server.untilIdle();
  });

  it('end an answer that falls silent', async () => {
    const { model, clock, double: server } = await start({}, { stallTimeoutMs: 2_000 });
    server.fault = { kind: 'stall', afterTokens: 2 };
    const failing = failureOf(model.chat(asking('one two three four five')));
    await clock.untilAskedFor(2_000);
    await clock.advance(2_000);
    expect(await failing).toMatchObject({ code: 'timeout', userMessage: 'The model fell silent for 2 s.' });
    await server.untilIdle();
  });

  it('end an answer of one token a second', async () => {
    const { model, clock, double: server } = await start({}, { timeoutMs: 8_000, stallTimeoutMs: 20_000 });
    server.fault = { kind: 'slow', delayMs: 1_000 };
    const failing = failureOf(model.chat(asking('one two three four five six seven eight nine ten')));
    await server.untilChats(1);
    for (let second = 0; second < 8; second += 1) {
      // The whole, the silence, and the next token.
      await clock.untilSleeping(3);
      await clock.advance(1_000);
    }
    expect(await failing).toMatchObject({
      code: 'timeout',
      userMessage: 'The model did not answer within 8 s.',
    });
    await server.untilIdle();
  });

  it('leave no sleep behind when the answer has come', async () => {
    const { model, clock } = await start({ script: () => 'The probe fails.' });
    await model.chat(asking('Why?'));
    expect(clock.sleeping).toBe(0);
  });
});

describe('cancelling', () => {
  it.each<[string, OllamaFault]>([
    ['before the first byte', { kind: 'hang' }],
    ['in the middle of the answer', { kind: 'stall', afterTokens: 2 }],
  ])('ends the HTTP request %s', async (_name, fault) => {
    const { model, clock, double: server } = await start();
    server.fault = fault;
    const abort = new AbortController();
    const failing = failureOf(model.chat(asking('one two three', { signal: abort.signal })));
    await server.untilChats(1);
    abort.abort();
    expect(await failing).toMatchObject({ code: 'cancelled' });
    await server.untilIdle();
    expect(clock.sleeping).toBe(0);
  });

  it('sends nothing when it came first', async () => {
    const { model, double: server } = await start();
    const failure = await failureOf(model.chat(asking('Why?', { signal: AbortSignal.abort() })));
    expect(failure).toMatchObject({ code: 'cancelled' });
    expect(server.chats).toEqual([]);
  });
});
