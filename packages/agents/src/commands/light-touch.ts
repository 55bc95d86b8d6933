import type { Message, ReplySection } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { CommandRequest } from './command-request.ts';
import type { Outcome } from './outcome.ts';

/** Where a dry remark is in place: nowhere that something is wrong, waits for approval or is being changed. */
export type Occasion = 'greeting' | 'thanks' | 'healthy';

/** The same words each time, so that they need no model and can be found again. None claims a fact. */
const TOUCHES: Readonly<Record<Occasion, string>> = {
  greeting: 'The tea is yours to make; the rest I can look at.',
  thanks: 'It beats watching pods restart.',
  healthy: 'A good moment for tea.',
};

/**
 * The remark for an occasion; undefined where the persona is off, the conversation has had one, or anything in it
 * went wrong or concerns a change. Pure.
 */
export function decideTouch(
  persona: AgentsContext['persona'],
  occasion: Occasion,
  messages: readonly Message[],
): string | undefined {
  if (persona === 'off') return undefined;
  return messages.some(({ planId, body }) => planId !== undefined || forbidsTouch(body))
    ? undefined
    : TOUCHES[occasion];
}

function forbidsTouch(body: Message['body']): boolean {
  if (body.kind === 'text') return false;
  return body.reply.tone === 'error' || body.reply.sections.some(hasTouch);
}

function hasTouch(section: ReplySection): boolean {
  return section.kind === 'text' && section.lines.some((line) => Object.values(TOUCHES).includes(line));
}

/** A conversation that goes on for longer than a day is another one. */
const REMEMBERED_MS = 86_400_000;

/** The outcome with a remark at its end, where one is in place. */
export async function withLightTouch(
  context: AgentsContext,
  { conversation }: CommandRequest,
  occasion: Occasion,
  outcome: Outcome,
): Promise<Outcome> {
  if (context.persona === 'off') return outcome;
  const recent = await context.store.listMessages(conversation.id, context.clock.now() - REMEMBERED_MS);
  const touch = decideTouch(context.persona, occasion, recent);
  if (touch === undefined) return outcome;
  const sections = [...outcome.reply.sections, { kind: 'text' as const, lines: [touch] }];
  return { ...outcome, reply: { ...outcome.reply, sections } };
}
