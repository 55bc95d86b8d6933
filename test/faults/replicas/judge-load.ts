import type { EmulatedMessage, SlackEmulator } from '@jamie/testing';
import type { Backend } from '../backends/backend.ts';
import { type AskedFor, offersApproval, type ReplicaLoad } from './replica-load.ts';

/** What became of everything that was asked for, as those who asked see it. */
export interface AnswerVerdict {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Commands that Slack itself reported as failed, since nobody acknowledged them in time. */
  readonly refusedBySlack: number;
}

export interface LoadVerdict extends AnswerVerdict {
  /** Changes that were not made exactly once. */
  readonly wrongEffects: readonly string[];
}

/** Judges a load that has come to rest. */
export async function judgeLoad(
  slack: SlackEmulator,
  backend: Backend,
  load: ReplicaLoad,
): Promise<LoadVerdict> {
  const taken = takenOf(slack, load);
  const effects = await Promise.all(taken.map((asked) => wrongEffectOf(asked, backend, load)));
  return { ...judgeAnswers(slack, load), wrongEffects: effects.flat() };
}

/** Judges what was answered. `mostOf`: how many answers something may have, where more than one may be right. */
export function judgeAnswers(
  slack: SlackEmulator,
  load: ReplicaLoad,
  mostOf: (asked: AskedFor) => number = expectedOf,
): AnswerVerdict {
  const taken = takenOf(slack, load);
  const answersOf = ({ channel }: AskedFor) => load.ours(channel).flatMap(markOf);
  const describeAnswers = (asked: AskedFor) => `${describe(asked)}: ${answersOf(asked).join(', ')}`;
  return {
    lost: taken.filter((asked) => answersOf(asked).length < expectedOf(asked)).map(describeAnswers),
    doubled: load.asked
      .filter((asked) => answersOf(asked).length > Math.max(expectedOf(asked), mostOf(asked)))
      .map(describeAnswers),
    refusedBySlack: load.asked.length - taken.length,
  };
}

/** What was acknowledged. */
function takenOf(slack: SlackEmulator, load: ReplicaLoad): readonly AskedFor[] {
  const acknowledged = new Set<object>(slack.acknowledgements.map(({ payload }) => payload));
  return load.asked.filter(({ payloads }) => payloads.some((payload) => acknowledged.has(payload)));
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

/** Whether everything that was acknowledged has what it should, and each change is done. */
export function isAllAnswered(slack: SlackEmulator, load: ReplicaLoad): boolean {
  return takenOf(slack, load).every((asked) => {
    const isDone =
      asked.kind !== 'change' || load.ours(asked.channel).some(({ text }) => /Done, verified/.test(text));
    return isDone && isAnswered(asked, load);
  });
}

/** Whether everything that was acknowledged has its answer, and no card waits for a click. */
export function isNothingOpen(slack: SlackEmulator, load: ReplicaLoad): boolean {
  return takenOf(slack, load).every(
    (asked) => isAnswered(asked, load) && !load.ours(asked.channel).some(offersApproval),
  );
}

function isAnswered(asked: AskedFor, load: ReplicaLoad): boolean {
  return load.ours(asked.channel).flatMap(markOf).length >= expectedOf(asked);
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
