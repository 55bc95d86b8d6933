import type { EmulatedMessage, SlackEmulator } from '@jamie/testing';
import type { SlackFault } from './fault-script.ts';
import type { ReplicaWorld } from './replica-world.ts';
import { directOf, type Expectation } from './trial-play.ts';
import { STRANGER } from './trial-script.ts';

/** What did not hold. `lost`: no outcome and no record; `silent`: recorded, and nobody was told. */
export interface Violation {
  readonly kind: 'lost' | 'doubled' | 'silent' | 'effect';
  readonly what: string;
}

/** What a channel and the private sentences held before a trial began. */
export interface Before {
  readonly directMessages: ReadonlySet<string>;
  readonly ephemerals: number;
  readonly undeliverable: number;
}

export interface TrialEvidence {
  readonly world: ReplicaWorld;
  readonly before: Before;
  readonly expectations: readonly Expectation[];
  readonly faults: readonly SlackFault[];
  /** Messages of ours that somebody deleted. */
  readonly deleted: readonly EmulatedMessage[];
}

export interface Verdict {
  readonly violations: readonly Violation[];
  /** Private sentences that were said once more because Slack's answer was lost. */
  readonly repeatedPrivately: number;
}

/** Judges a trial that has come to rest. */
export async function judgeTrial(evidence: TrialEvidence): Promise<Verdict> {
  const tally = new Tally(evidence);
  for (const expected of evidence.expectations) tally.judge(expected);
  const violations = [...tally.violations, ...(await judgeEffects(evidence))];
  return { violations, repeatedPrivately: tally.repeatedPrivately };
}

export function lookBefore(world: ReplicaWorld, users: readonly string[]): Before {
  const direct = users.flatMap((user) => world.slack.transcript(directOf(user)));
  return {
    directMessages: new Set(direct.map(({ channel, ts }) => `${channel}:${ts}`)),
    ephemerals: world.slack.ephemerals.length,
    undeliverable: countUndeliverable(world),
  };
}

class Tally {
  readonly violations: Violation[] = [];
  repeatedPrivately = 0;
  readonly #evidence: TrialEvidence;
  readonly #acknowledged: ReadonlySet<object>;
  /** What was told to a person somewhere else than in the thread, and explains no answer yet. */
  readonly #elsewhere: Map<string, number>;

  constructor(evidence: TrialEvidence) {
    this.#evidence = evidence;
    this.#acknowledged = new Set(evidence.world.slack.acknowledgements.map(({ payload }) => payload));
    this.#elsewhere = this.#countElsewhere();
  }

  judge(expected: Expectation): void {
    if (expected.user === STRANGER) this.#judgeStranger(expected);
    else this.#judgeAnswers(expected);
  }

  #judgeAnswers(expected: Expectation): void {
    const isAcknowledged = expected.payloads.some((payload) => this.#acknowledged.has(payload));
    const threads = expected.asked === undefined ? [expected.threadTs ?? ''] : this.#rootsOf(expected);
    if (threads.length > 1) this.#complain('doubled', expected, `${threads.length} threads were opened`);
    const { seen, deleted, texts } = this.#answersIn(expected.channel, threads);
    if (seen > expected.answers + deleted) {
      const what = `${seen} answers instead of ${expected.answers}: ${JSON.stringify(texts)}`;
      this.#complain('doubled', expected, what);
    }
    const missing = expected.answers - seen;
    if (missing <= 0 || !isAcknowledged) return;
    const told = (this.#elsewhere.get(expected.user) ?? 0) + this.#undeliverable();
    this.#elsewhere.set(expected.user, Math.max(0, told - missing));
    if (told < missing)
      this.#complain(this.#howMissing(expected), expected, `${missing - told} of its answers`);
  }

  #judgeStranger(expected: Expectation): void {
    const told = this.#privately().filter(
      ({ user, channel }) => user === STRANGER && channel === expected.channel,
    );
    if (told.length === 0) this.#complain('silent', expected, 'the stranger was told nothing');
    if (told.length <= 1) return;
    if (this.#mayRepeatPrivately()) this.repeatedPrivately += told.length - 1;
    else this.#complain('doubled', expected, `the stranger was told ${told.length} times`);
  }

  /** Nothing can look for a private sentence: one whose answer was lost, or came late, is said again. */
  #mayRepeatPrivately(): boolean {
    return this.#evidence.faults.some(
      (fault) => fault.kind === 'response lost' && fault.method === 'chat.postEphemeral',
    );
  }

  /** Answers carry the mark of their message; files and further parts belong to one, and what streams ends as one. */
  #answersIn(channel: string, threads: readonly string[]) {
    const isAnswer = (message: EmulatedMessage) =>
      message.channel === channel && threads.includes(message.threadTs ?? '') && keysOf(message).length > 0;
    const present = this.#evidence.world.slack.transcript(channel).filter(isAnswer);
    const deleted = this.#evidence.deleted.filter(isAnswer);
    const keys = [...present, ...deleted].flatMap(keysOf);
    const texts = present.map(({ text, ts }) => `${ts} ${text.slice(0, 120)}`);
    return { seen: keys.length, deleted: deleted.length, texts };
  }

  #rootsOf({ channel, asked = '' }: Expectation): readonly string[] {
    return this.#evidence.world.slack
      .transcript(channel)
      .filter(({ isOurs, text }) => isOurs && text.includes(`\`${asked}\``))
      .map(({ ts }) => ts);
  }

  #countElsewhere(): Map<string, number> {
    const { before, world, expectations } = this.#evidence;
    const threads = new Set(expectations.map(({ threadTs }) => threadTs));
    const users = [...new Set(expectations.map(({ user }) => user))];
    return new Map(
      users.map((user) => {
        const direct = world.slack.transcript(directOf(user)).filter(({ isOurs, ts, channel, threadTs }) => {
          const isNew = !before.directMessages.has(`${channel}:${ts}`);
          return isOurs && isNew && (threadTs === undefined || !threads.has(threadTs));
        });
        const privately = this.#privately().filter((each) => each.user === user);
        return [user, direct.length + privately.length];
      }),
    );
  }

  /** Where Slack refuses the channel and then the direct message too, the record says that nobody could be told. */
  #undeliverable(): number {
    return undeliverableSince(this.#evidence);
  }

  #privately(): SlackEmulator['ephemerals'] {
    return this.#evidence.world.slack.ephemerals.slice(this.#evidence.before.ephemerals);
  }

  #howMissing({ threadTs }: Expectation): 'lost' | 'silent' {
    const { world } = this.#evidence;
    const isRecorded = world
      .read('SELECT record FROM conversations')
      .some(({ record }) => String(record).includes(`"${threadTs}"`));
    return isRecorded ? 'silent' : 'lost';
  }

  #complain(kind: Violation['kind'], { step, channel }: Expectation, what: string): void {
    this.violations.push({ kind, what: `${what}; ${JSON.stringify(step)} in ${channel}` });
  }
}

/** The keys of the messages that one in Slack shows: its own, or of those that it lists. */
function keysOf({ metadata }: EmulatedMessage): readonly string[] {
  const { message_id: key = '', lists } = metadata?.event_payload ?? {};
  if (typeof lists === 'string') return lists.split(',');
  const isWhole = typeof key === 'string' && !key.includes('#') && !key.startsWith('root:');
  return isWhole && key !== '' ? [String(key)] : [];
}

/** One refusal leaves another way; it takes two to leave none. */
function undeliverableSince({ before, faults, world }: TrialEvidence): number {
  const refusals = faults.filter(({ kind }) => kind === 'refused').length;
  return refusals < 2 ? 0 : countUndeliverable(world) - before.undeliverable;
}

function countUndeliverable(world: ReplicaWorld): number {
  const sql =
    "SELECT count(*) AS count FROM audit WHERE json_extract(entry, '$.kind') = 'message.undeliverable'";
  return Number(world.read(sql)[0]?.['count']);
}

/** Each approved plan was executed once, and no other. */
async function judgeEffects(evidence: TrialEvidence): Promise<readonly Violation[]> {
  const violations: Violation[] = [];
  const { world, expectations, deleted } = evidence;
  for (const { step } of expectations) {
    if (step.kind !== 'change') continue;
    const plans = world
      .read('SELECT status, record FROM plans')
      .filter(({ record }) => String(record).includes(`"${step.deployment}"`));
    const writes = await world.backend.writesTo(step.deployment);
    const effects = writes.filter(({ code }) => code < 300).length;
    const statuses = plans.map(({ status }) => String(status));
    // Where a card was deleted, or Slack took it nowhere, nobody can click; the plan expires without an effect.
    const isCardGone =
      undeliverableSince(evidence) > 0 ||
      deleted.some(({ blocks }) => JSON.stringify(blocks).includes(step.deployment));
    if (isCardGone && statuses[0] === 'awaiting_approval' && effects === 0) continue;
    const isRight =
      statuses.length <= 1 &&
      (statuses[0] === 'succeeded' ? effects === 1 : effects === 0 && isRefused(statuses[0]));
    if (!isRight) {
      const reasons = plans.map(({ record }) => (JSON.parse(String(record)) as { reason?: string }).reason);
      const what = `${effects} effects, plans ${JSON.stringify(statuses)} ${JSON.stringify(reasons)}`;
      violations.push({ kind: 'effect', what: `${what}; ${JSON.stringify(step)}` });
    }
  }
  return violations;
}

function isRefused(status: string | undefined): boolean {
  return status === undefined || ['denied', 'expired', 'cancelled', 'stale'].includes(status);
}
