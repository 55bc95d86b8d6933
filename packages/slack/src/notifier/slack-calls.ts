import { type Clock, isOpsError, OpsError, type PostingPace } from '@jamie/core';
import { translateSlackError } from '../slack-error.ts';
import { methodRate, type PacedMethod } from './method-tiers.ts';
import type { PostSpacer } from './post-spacer.ts';

/** How a call of one method is made: at its time, with its failure translated. */
export type CallSlack = <T>(method: PacedMethod, call: () => Promise<T>) => Promise<T>;

/** Calls to one workspace, each in its turn among all processes. */
export interface SlackCalls {
  readonly call: CallSlack;
  /** Waits until a message may appear in the channel; fails with rate_limited where that takes longer than seconds. */
  takePostTurn(channelId: string, isUrgent: boolean): Promise<void>;
  /** How long there will be no turn in the channel; 0 where takePostTurn would get one. Takes nothing. */
  findPostWait(channelId: string, isUrgent: boolean): Promise<number>;
}

export interface SlackCallsOptions {
  readonly teamId: string;
  readonly pace: PostingPace;
  readonly clock: Clock;
  readonly spacer: PostSpacer;
  /** Least time between two posts in one channel. */
  readonly spacingMs: number;
}

/** Calls that nobody paces, for what a person waits for. Fails like every Slack call. */
export const callAtOnce: CallSlack = async (method, call) => {
  try {
    return await call();
  } catch (error) {
    throw translateSlackError(error, method);
  }
};

/** A job holds its worker no longer than this for a turn: a longer wait is another run of the job. */
const PATIENCE_MS = 3_000;
/**
 * How far ahead turns to post are taken. What somebody waits for reaches further than the rest, so that it gets a turn
 * however much else waits.
 */
const URGENT_WITHIN_MS = 4_000;
const OTHERS_WITHIN_MS = 1_000;
/** When Slack asks for a pause and does not say how long. */
const UNNAMED_PAUSE_MS = 10_000;

export function createSlackCalls({ teamId, pace, clock, spacer, spacingMs }: SlackCallsOptions): SlackCalls {
  async function waitFor(method: PacedMethod): Promise<void> {
    const { intervalMs, burst } = methodRate(method);
    const pausedMs = await pace.takeTurn(pauseKey(teamId, method), 0);
    // Whoever waits out a pause with a turn in hand posts at the same moment as all others who do.
    if (pausedMs > 0 && method === 'chat.postMessage') throw channelBusy(pausedMs);
    if (pausedMs > PATIENCE_MS) throw notYet(method, pausedMs);
    if (pausedMs > 0) await clock.sleep(pausedMs);
    const limits = { burst, withinMs: PATIENCE_MS };
    const waitMs = await pace.takeTurn(`${teamId}:${method}`, intervalMs, limits);
    if (waitMs > PATIENCE_MS) throw notYet(method, waitMs);
    if (waitMs > 0) await clock.sleep(waitMs);
  }
  return {
    async call(method, call) {
      await waitFor(method);
      try {
        return await callAtOnce(method, call);
      } catch (error) {
        if (!isOpsError(error, 'rate_limited')) throw error;
        const retryAfterMs = error.retryAfterMs ?? UNNAMED_PAUSE_MS;
        await pace.pause(pauseKey(teamId, method), retryAfterMs);
        throw new OpsError('rate_limited', error.message, {
          retryAfterMs,
          details: error.details,
          cause: error,
        });
      }
    },
    async takePostTurn(channelId, isUrgent) {
      const withinMs = isUrgent ? URGENT_WITHIN_MS : OTHERS_WITHIN_MS;
      const key = `${teamId}:${channelId}`;
      const waitMs = await pace.takeTurn(key, spacingMs, { withinMs });
      if (waitMs > withinMs) throw channelBusy(waitMs);
      if (waitMs > 0) await clock.sleep(waitMs);
      await spacer.space(key);
    },
    async findPostWait(channelId, isUrgent) {
      const pausedMs = await pace.takeTurn(pauseKey(teamId, 'chat.postMessage'), 0);
      const waitMs = Math.max(pausedMs, await pace.takeTurn(`${teamId}:${channelId}`, 0));
      return waitMs > (isUrgent ? URGENT_WITHIN_MS : OTHERS_WITHIN_MS) ? waitMs : 0;
    },
  };
}

function pauseKey(teamId: string, method: PacedMethod): string {
  return `${teamId}:${method}:pause`;
}

function notYet(method: PacedMethod, retryAfterMs: number): OpsError {
  return new OpsError('rate_limited', 'our share of calls to slack is used up', {
    retryAfterMs,
    details: { method },
  });
}

function channelBusy(retryAfterMs: number): OpsError {
  return new OpsError('rate_limited', 'others post in this channel first', {
    retryAfterMs,
    details: { method: 'chat.postMessage', waitsFor: 'channel' },
  });
}
