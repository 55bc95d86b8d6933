import type { EmulatedMessage, SlackEmulator } from '@jamie/testing';
import type { Backend } from '../backends/backend.ts';
import { type AskedFor, offersApproval, type ReplicaLoad } from './replica-load.ts';

/** What became of everything that was asked for. */
export interface LoadVerdict {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Changes that were not made exactly once. */
  readonly wrongEffects: readonly string[];
  /** Commands that Slack itself reported as failed, since nobody acknowledged them in time. */
  readonly refusedBySlack: number;
}

/** Judges a load that has come to rest. */
export async function judgeLoad(
  slack: SlackEmulator,
  backend: Backend,
  load: ReplicaLoad,
): Promise<LoadVerdict> {
  const acknowledged = new Set<object>(slack.acknowledgements.map(({ payload }) => payload));
  const taken = load.asked.filter(({ payloads }) => payloads.some((payload) => acknowledged.has(payload)));
  const answersOf = ({ channel }: AskedFor) => load.ours(channel).flatMap(markOf);
  const describeAnswers = (asked: AskedFor) => `${describe(asked)}: ${answersOf(asked).join(', ')}`;
  const effects = await Promise.all(taken.map((asked) => wrongEffectOf(asked, backend, load)));
  return {
    lost: taken.filter((asked) => answersOf(asked).length < expectedOf(asked)).map(describeAnswers),
    doubled: load.asked.filter((asked) => answersOf(asked).length > expectedOf(asked)).map(describeAnswers),
    wrongEffects: effects.flat(),
    refusedBySlack: load.asked.length - taken.length,
  };
}

/** A command leaves nothing in Slack, so that we first say who asked what. */
function expectedOf({ kind }: AskedFor): number {
  return kind === 'command' ? 2 : 1;
}

async function wrongEffectOf(
  asked: AskedFor,
  backend: Backend,
  load: ReplicaLoad,
): Promise<readonly string[]> {
  if (asked.deployment === undefined) return [];
  const writes = await backend.writesTo(asked.deployment);
  const effects = writes.filter(({ code }) => code < 300).length;
  const isOpen = load.ours(asked.channel).some(offersApproval);
  return effects === 1 && !isOpen ? [] : [`${describe(asked)}: ${effects} effects, open: ${isOpen}`];
}

/** Whether everything that was acknowledged has what it should. */
export function isAllAnswered(slack: SlackEmulator, load: ReplicaLoad): boolean {
  const acknowledged = new Set<object>(slack.acknowledgements.map(({ payload }) => payload));
  return load.asked
    .filter(({ payloads }) => payloads.some((payload) => acknowledged.has(payload)))
    .every((asked) => {
      const ours = load.ours(asked.channel);
      const isDone = asked.kind !== 'change' || ours.some(({ text }) => /Done, verified/.test(text));
      return isDone && ours.flatMap(markOf).length >= expectedOf(asked);
    });
}

/** Files and further parts belong to a message; a message that lists others stands for each. */
function markOf({ metadata }: EmulatedMessage): readonly string[] {
  const { message_id: key, lists } = metadata?.event_payload ?? {};
  if (typeof lists === 'string') return lists.split(',');
  return typeof key === 'string' && !key.includes('#') ? [key] : [];
}

function describe({ kind, channel, clicks }: AskedFor): string {
  return `${kind} in ${channel} (${clicks} clicks)`;
}
