import type { ServerResponse } from 'node:http';
import type { Clock } from '@jamie/core';
import {
  countPrompt,
  cutFront,
  DEFAULT_CONTEXT_TOKENS,
  type OllamaChatBody,
  type OllamaFault,
  type OllamaScript,
  tokensOf,
} from './ollama-wire.ts';

export interface ChatParts {
  readonly clock: Clock;
  readonly script: OllamaScript;
  readonly fault: OllamaFault | undefined;
  /** Aborts when the client has gone or the double closes. */
  readonly signal: AbortSignal;
}

const MANY_TOKENS = 1_000_000;

/** Answers one chat request as Ollama does: one JSON line per token, the counts in the last. */
export async function answerChat(
  body: OllamaChatBody,
  response: ServerResponse,
  parts: ChatParts,
): Promise<void> {
  const { fault } = parts;
  if (fault?.kind === 'hang') return;
  if (fault?.kind === 'status') return sendError(response, fault.status, fault.error);
  const contextTokens = body.options?.num_ctx ?? DEFAULT_CONTEXT_TOKENS;
  if (fault?.kind !== 'cuts_prompt' && body.truncate === false && countPrompt(body) > contextTokens) {
    return sendError(response, 400, 'the input length exceeds the context length');
  }
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  if (fault?.kind === 'empty') return void response.end();
  if (fault?.kind === 'no_protocol') return void response.end('data: hello\n\ndata: [DONE]\n\n');
  const seen = cutFront(body, fault?.kind === 'cuts_prompt' ? fault.contextTokens : contextTokens);
  await stream(seen, response, parts);
}

/** An error as Ollama words it: `{"error": "…"}`. */
export function sendError(response: ServerResponse, status: number, error: string): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ error }));
}

async function stream(body: OllamaChatBody, response: ServerResponse, parts: ChatParts): Promise<void> {
  const { fault, clock, signal } = parts;
  const isEndless = fault?.kind === 'endless';
  const tokens = isEndless ? Array<string>(MANY_TOKENS).fill('word ') : tokensOf(textFor(body, parts));
  const said = isEndless ? tokens : tokens.slice(0, body.options?.num_predict ?? MANY_TOKENS);
  for (const [index, content] of said.entries()) {
    if (signal.aborted || breaksOff(index, response, fault)) return;
    if (fault?.kind === 'slow') await clock.sleep(fault.delayMs, signal);
    const line = lineOf(body, clock, { content, done: false });
    if (!response.write(line)) await untilDrained(response, signal);
  }
  if (breaksOff(said.length, response, fault)) return;
  response.end(lineOf(body, clock, lastPart(body, said.length, tokens.length > said.length)));
}

function lastPart(body: OllamaChatBody, evalCount: number, isCut: boolean) {
  return {
    content: '',
    done: true,
    done_reason: isCut ? 'length' : 'stop',
    total_duration: 1_000_000,
    load_duration: 1_000,
    prompt_eval_count: countPrompt(body),
    prompt_eval_duration: 1_000,
    eval_count: evalCount,
    eval_duration: 1_000,
  };
}

function textFor(body: OllamaChatBody, { fault, script }: ChatParts): string {
  if (fault?.kind === 'says_nothing') return '';
  if (fault?.kind === 'garbage') return 'G'.repeat(400);
  const text = script(body);
  return fault?.kind === 'broken_json' ? text.slice(0, Math.ceil(text.length / 2)) : text;
}

/** True when the fault ends the answer at this token; a stalled one stays open. */
function breaksOff(index: number, response: ServerResponse, fault: OllamaFault | undefined): boolean {
  if (fault === undefined || !('afterTokens' in fault) || fault.afterTokens !== index) return false;
  if (fault.kind === 'cut') response.socket?.end();
  if (fault.kind === 'error_line') response.end(`${JSON.stringify({ error: fault.error })}\n`);
  return true;
}

function lineOf(
  { model }: OllamaChatBody,
  clock: Clock,
  { content, ...rest }: { readonly content: string; readonly done: boolean },
): string {
  const created_at = new Date(clock.now()).toISOString();
  return `${JSON.stringify({ model, created_at, message: { role: 'assistant', content }, ...rest })}\n`;
}

function untilDrained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    response.once('drain', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
