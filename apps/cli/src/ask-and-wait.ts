import {
  type Clock,
  isTerminal,
  OpsError,
  type PlanCard,
  type PlanId,
  type Reply,
  type ShownMessage,
} from '@jamie/core';
import { type ApiClient, isNotRunning } from './api-client.ts';

/** An answer as it stood when it came. */
export interface Answer {
  readonly reply: Reply;
  readonly card?: PlanCard;
}

export interface Question {
  readonly text: string;
  readonly form: 'command' | 'sentence';
  readonly conversationKey: string;
  /** What the command apply is about. */
  readonly manifest?: string;
  /** Lets a lost call be repeated without asking twice. */
  readonly idempotencyKey: string;
  readonly timeoutMs: number;
  /** Told of an answer that still grows, first and whenever it has grown. */
  readonly onGrown: (answer: Answer) => void;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/** Hands in what was asked and waits for its answer. Throws timeout; the request itself goes on and is not lost. */
export async function askAndWait(client: ApiClient, clock: Clock, question: Question): Promise<Answer> {
  const { timeoutMs, onGrown: _onGrown, ...submission } = question;
  const submitted = await submitOnce(client, submission);
  const find = async (): Promise<Answer | undefined> => {
    return findAnswer(await client.readRequest(submitted.requestId));
  };
  const answer = await poll(clock, timeoutMs, find);
  if (answer?.reply.followingUntil !== undefined) return followAnswer(clock, answer, find, question.onGrown);
  if (answer !== undefined) return answer;
  throw new OpsError('timeout', 'no answer in time', {
    userMessage: `No answer within ${timeoutMs / 1000} s. The request is stored and goes on: see it on the page, or wait longer with --timeout.`,
  });
}

/** How long after its time the last word of a followed log may take. */
const FOLLOW_GRACE_MS = 15_000;

/** Waits until an answer that grows has come to its end, or its time is long over; the last that was seen counts. */
async function followAnswer(
  clock: Clock,
  first: Answer,
  find: () => Promise<Answer | undefined>,
  onGrown: (answer: Answer) => void,
): Promise<Answer> {
  let latest = first;
  onGrown(first);
  const until = first.reply.followingUntil ?? clock.now();
  const ended = await poll(clock, until + FOLLOW_GRACE_MS - clock.now(), async () => {
    const answer = await find();
    if (answer === undefined || answer.reply.followingUntil === undefined) return answer;
    if (JSON.stringify(answer) !== JSON.stringify(latest)) onGrown(answer);
    latest = answer;
    return undefined;
  });
  return ended ?? latest;
}

/** Follows a plan to its end and tells of each change on the way. Throws timeout; the plan itself goes on. */
export async function followPlan(
  client: ApiClient,
  clock: Clock,
  planId: PlanId,
  options: { readonly timeoutMs: number; readonly onChange: (card: PlanCard) => void },
): Promise<PlanCard> {
  let shown = '';
  const find = async (): Promise<PlanCard | undefined> => {
    const card = await client.readPlan(planId);
    if (isTerminal(card.status)) return card;
    if (shown !== card.statusLine) options.onChange(card);
    shown = card.statusLine;
    return undefined;
  };
  const card = await poll(clock, options.timeoutMs, find);
  if (card !== undefined) return card;
  throw new OpsError('timeout', 'plan has not ended in time', {
    userMessage: `Plan ${planId} has not ended within ${options.timeoutMs / 1000} s. It goes on: follow it on the page, or wait longer with --timeout.`,
  });
}

/** A connection that broke may have delivered the request all the same: the same key makes a second try harmless. */
async function submitOnce(client: ApiClient, submission: Parameters<ApiClient['submit']>[0]) {
  try {
    return await client.submit(submission);
  } catch (error) {
    if (!isNotRunning(error)) throw error;
    return client.submit(submission);
  }
}

function findAnswer(messages: readonly ShownMessage[]): Answer | undefined {
  for (const { message, card } of messages) {
    if (message.author !== 'jamie') continue;
    if (message.body.kind !== 'reply') continue;
    return card === undefined ? { reply: message.body.reply } : { reply: message.body.reply, card };
  }
  return undefined;
}

async function poll<Value>(
  clock: Clock,
  timeoutMs: number,
  find: () => Promise<Value | undefined>,
): Promise<Value | undefined> {
  const deadline = clock.now() + timeoutMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
    const found = await find();
    if (found !== undefined || clock.now() >= deadline) return found;
    await clock.sleep(Math.min(pauseMs, deadline - clock.now()));
  }
}
