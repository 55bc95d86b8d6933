import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Answer, ContractTarget, Exchange, Scenario } from './exchange.ts';
import { normalise } from './normalise.ts';
import { type Body, selectField } from './select-field.ts';

const POLL_MS = 50;
/** Long enough for a watch to have begun; were it too short, the recording would differ. */
const MEANWHILE_MS = 300;
const WITHIN_MS = 20_000;

interface Received extends Body {
  readonly status: number;
  readonly contentType: string;
}

/** Sends the exchanges of a scenario in order and reduces each answer to its contract. */
export async function playScenario(target: ContractTarget, scenario: Scenario): Promise<readonly Answer[]> {
  const captured = new Map<string, string>();
  const answers: Answer[] = [];
  for (const exchange of scenario.exchanges) {
    if (exchange.forget === true) target.forget?.();
    const received = await sendUntil(target, exchange, captured);
    for (const [name, field] of Object.entries(exchange.capture ?? {})) {
      captured.set(name, String(selectField(received, field)));
    }
    answers.push(toAnswer(exchange, received));
  }
  return answers;
}

async function sendUntil(
  target: ContractTarget,
  exchange: Exchange,
  captured: ReadonlyMap<string, string>,
): Promise<Received> {
  const deadline = Date.now() + WITHIN_MS;
  for (;;) {
    const received = await sendOnce(target, exchange, captured);
    // The last answer is compared like any other: it shows what did not come.
    if (isAsWanted(exchange, received) || Date.now() > deadline) return received;
    await sleep(POLL_MS);
  }
}

async function sendOnce(
  target: ContractTarget,
  { as = 'administrator', method = 'GET', path, headers = {}, body, meanwhile }: Exchange,
  captured: ReadonlyMap<string, string>,
): Promise<Received> {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const receiving = target.send({
    as,
    method,
    path: fill(path, captured),
    headers: { ...(text !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(text !== undefined && { body: fill(text, captured) }),
  });
  if (meanwhile !== undefined) {
    await sleep(MEANWHILE_MS);
    await sendOnce(target, meanwhile, captured);
  }
  const received = await receiving;
  return {
    ...received,
    json: received.contentType.startsWith('application/json') ? parse(received.text) : undefined,
  };
}

/** A watch is several JSON documents, which is read line by line and not as a whole. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fill(text: string, captured: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => captured.get(name) ?? whole);
}

function isAsWanted({ until = {} }: Exchange, received: Received): boolean {
  return Object.entries(until).every(([field, value]) =>
    isDeepStrictEqual(field === 'status' ? received.status : selectField(received, field), value),
  );
}

function toAnswer(
  { name, as = 'administrator', method = 'GET', path, compare }: Exchange,
  received: Received,
): Answer {
  const fields = compare.map((field) => [field, normalise(selectField(received, field)) ?? null]);
  return {
    name,
    request: `${as}: ${method} ${path}`,
    status: received.status,
    contentType: received.contentType.replace(/;.*/, ''),
    fields: Object.fromEntries(fields) as Readonly<Record<string, unknown>>,
  };
}
