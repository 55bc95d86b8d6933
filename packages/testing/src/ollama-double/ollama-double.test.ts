import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../fakes/fake-clock.ts';
import { type OllamaDouble, type OllamaDoubleOptions, startOllamaDouble } from './ollama-double.ts';
import type { OllamaChatBody } from './ollama-wire.ts';

async function withDouble(
  options: Partial<OllamaDoubleOptions>,
  use: (double: OllamaDouble) => Promise<void>,
): Promise<void> {
  const double = await startOllamaDouble({ clock: new FakeClock(), ...options });
  try {
    await use(double);
  } finally {
    await double.close();
  }
}

async function post(double: OllamaDouble, path: string, body: unknown) {
  const response = await fetch(`${double.host}${path}`, { method: 'POST', body: JSON.stringify(body) });
  const lines = (await response.text()).split('\n').filter((line) => line !== '');
  return { status: response.status, parts: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

function chat(more: Partial<OllamaChatBody> = {}): OllamaChatBody {
  return {
    model: 'llama3.1:8b',
    messages: [
      { role: 'system', content: 'The rules come first.' },
      { role: 'user', content: 'And the question comes last.' },
    ],
    ...more,
  };
}

describe('startOllamaDouble', () => {
  it('streams one line per token and the counts in the last', async () => {
    await withDouble({ script: () => 'It is well.' }, async (double) => {
      const { status, parts } = await post(double, '/api/chat', chat());
      expect(status).toBe(200);
      expect(parts.map(({ message }) => (message as { content: string }).content).join('')).toBe(
        'It is well.',
      );
      expect(parts.at(-1)).toMatchObject({ done: true, done_reason: 'stop', eval_count: parts.length - 1 });
      expect(parts.slice(0, -1).every(({ done }) => done === false)).toBe(true);
    });
  });

  it('stops at num_predict and says so', async () => {
    await withDouble({ script: () => 'one two six ten' }, async (double) => {
      const { parts } = await post(double, '/api/chat', chat({ options: { num_predict: 2 } }));
      expect(parts.at(-1)).toMatchObject({ done_reason: 'length', eval_count: 2 });
    });
  });

  it('loses the front of a prompt beyond num_ctx, silently', async () => {
    const seen: OllamaChatBody[] = [];
    const script = (body: OllamaChatBody) => {
      seen.push(body);
      return 'yes';
    };
    await withDouble({ script }, async (double) => {
      const { status, parts } = await post(double, '/api/chat', chat({ options: { num_ctx: 6 } }));
      expect(status).toBe(200);
      expect(parts.at(-1)).toMatchObject({ prompt_eval_count: 6 });
      expect(seen[0]?.messages).toEqual([{ role: 'user', content: expect.stringMatching(/last\.$/) }]);
    });
  });

  it('refuses such a prompt when it is told not to truncate', async () => {
    await withDouble({}, async (double) => {
      const body = chat({ options: { num_ctx: 6 }, truncate: false });
      expect(await post(double, '/api/chat', body)).toEqual({
        status: 400,
        parts: [{ error: 'the input length exceeds the context length' }],
      });
    });
  });

  it('knows its models and no others', async () => {
    await withDouble({ models: ['a:1'] }, async (double) => {
      const tags = (await (await fetch(`${double.host}/api/tags`)).json()) as unknown;
      expect(tags).toMatchObject({ models: [{ name: 'a:1' }] });
      expect(await post(double, '/api/show', { model: 'b:1' })).toEqual({
        status: 404,
        parts: [{ error: "model 'b:1' not found" }],
      });
    });
  });

  it('answers 404 for what it does not know', async () => {
    await withDouble({}, async (double) => {
      expect((await fetch(`${double.host}/api/embed`, { method: 'POST' })).status).toBe(404);
    });
  });

  it('closes with requests still open', async () => {
    const double = await startOllamaDouble({ clock: new FakeClock() });
    double.fault = { kind: 'hang' };
    const hanging = post(double, '/api/chat', chat()).catch(() => 'closed');
    await double.untilChats(1);
    await double.close();
    expect(await hanging).toBe('closed');
  });
});
