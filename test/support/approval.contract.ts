import type { EmulatedMessage } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { ADA, BOB, EVE, type LoopWorld, NOBODY } from './loop-world.ts';
import { buttonsOf, planIdOf, textOf } from './slack-world.ts';

const LONGER_THAN_A_PLAN_LIVES_MS = 16 * 60_000;
const DONE = /Done, verified, and still well/;
const WAITING = /Waiting for one approval/;

/** A card that scales a Deployment of its own from one pod to two, and a copy of it as it was first shown. */
interface Waiting extends LoopWorld {
  readonly name: string;
  readonly channel: string;
  readonly card: EmulatedMessage;
  readonly copy: EmulatedMessage;
}

interface Case {
  readonly what: string;
  readonly act: (waiting: Waiting) => Promise<void> | void;
  /** How often the change must have its effect, once everything has come to rest. */
  readonly effects: 0 | 1;
  /** What the card says then. */
  readonly says: RegExp;
}

/** What people do to a card, how often that may have the effect of the card, and what the card says in the end. */
const CASES: readonly Case[] = [
  {
    what: 'an approval',
    act: ({ slack, card }) => slack.click(card, BOB, 'approve'),
    effects: 1,
    says: DONE,
  },
  {
    what: 'clicks of somebody unknown',
    async act({ slack, card, channel }) {
      for (const button of ['approve', 'edit', 'deny'] as const) slack.click(card, NOBODY, button);
      await slack.told(channel, NOBODY, /I do not know you yet/);
    },
    effects: 0,
    says: WAITING,
  },
  {
    what: 'clicks of somebody without rights',
    async act({ slack, card, channel }) {
      slack.click(card, EVE, 'approve');
      slack.click(card, EVE, 'edit');
      await slack.told(channel, EVE, /Kubernetes does not let you make this change/);
    },
    effects: 0,
    says: WAITING,
  },
  {
    what: 'a denial of somebody without rights',
    async act({ slack, card, channel }) {
      await slack.deny(card, EVE, 'because');
      await slack.told(channel, EVE, /Kubernetes does not let you make this change/);
    },
    effects: 0,
    says: WAITING,
  },
  {
    what: 'a double click',
    act({ slack, card, copy }) {
      slack.click(card, BOB, 'approve', copy);
      slack.click(card, BOB, 'approve', copy);
    },
    effects: 1,
    says: DONE,
  },
  {
    what: 'two approvals at once',
    act({ slack, card, copy }) {
      slack.click(card, BOB, 'approve', copy);
      slack.click(card, ADA, 'approve', copy);
    },
    effects: 1,
    says: DONE,
  },
  {
    what: 'a denial with a reason',
    act: ({ slack, card }) => slack.deny(card, BOB, 'not during the sale'),
    effects: 0,
    says: /Denied by Bob: not during the sale\. Nothing was changed/,
  },
  {
    what: 'a denial without a reason',
    act: ({ slack, card }) => slack.deny(card, BOB),
    effects: 0,
    says: /Denied by Bob\. Nothing was changed/,
  },
  {
    what: 'a form to deny that is left open',
    async act({ slack, card }) {
      slack.click(card, BOB, 'deny');
      await slack.form(BOB);
      slack.slack.closeView({ user: BOB });
    },
    effects: 0,
    says: WAITING,
  },
  {
    what: 'a denial that comes after an approval',
    async act({ slack, card, copy, channel }) {
      slack.click(card, BOB, 'deny', copy);
      await slack.form(BOB);
      slack.click(card, ADA, 'approve', copy);
      await slack.says(card, /Approved by Ada|Done, verified/);
      await slack.handIn(BOB, {});
      await slack.told(channel, BOB, /Already approved by Ada/);
    },
    effects: 1,
    says: DONE,
  },
  {
    what: 'an approval that comes after a denial',
    async act({ slack, card, copy, channel }) {
      await slack.deny(card, BOB);
      await slack.says(card, /Denied by Bob/);
      slack.click(card, ADA, 'approve', copy);
      await slack.told(channel, ADA, /Already denied by Bob/);
    },
    effects: 0,
    says: /Denied by Bob/,
  },
  {
    what: 'clicks on a card of another version',
    async act({ slack, card, copy, channel }) {
      const stale = JSON.parse(JSON.stringify(copy).replaceAll(/:[0-9a-f]{64}/g, `:${'f'.repeat(64)}`));
      for (const button of ['approve', 'edit', 'deny'] as const) slack.click(card, BOB, button, stale);
      await slack.told(channel, BOB, /another version of the plan/);
    },
    effects: 0,
    says: WAITING,
  },
  {
    what: 'a button of an earlier version of the app',
    async act({ slack, card, copy, channel }) {
      const old = JSON.parse(JSON.stringify(copy).replaceAll('"plan.approve"', '"approve_plan"'));
      slack.slack.click({ user: BOB, channel, ts: card.ts, actionId: 'approve_plan', replay: old });
      await slack.told(channel, BOB, /earlier version of this app/);
    },
    effects: 0,
    says: WAITING,
  },
  {
    what: 'an approval with a restart before it',
    async act({ slack, card, copy }) {
      await slack.stopProgram();
      await slack.startProgram();
      slack.click(card, BOB, 'approve', copy);
    },
    effects: 1,
    says: DONE,
  },
  {
    what: 'an approval with a restart right after Slack knows that it has arrived',
    async act({ slack, card }) {
      const { hub, poster, acknowledgements } = slack.slack;
      const before = acknowledgements.length;
      slack.click(card, BOB, 'approve');
      await slack.slack.waitFor(() => acknowledgements.length > before && hub.pending + poster.pending === 0);
      await slack.stopProgram();
      await slack.startProgram();
    },
    effects: 1,
    says: DONE,
  },
  {
    what: 'a form that was opened before a restart',
    async act({ slack, card }) {
      slack.click(card, BOB, 'deny');
      await slack.form(BOB);
      await slack.stopProgram();
      await slack.startProgram();
      await slack.handIn(BOB, { reason: 'too late' });
    },
    effects: 0,
    says: /Denied by Bob: too late/,
  },
  {
    what: 'clicks for which Slack opens no form any more',
    async act({ slack, card, channel }) {
      slack.slack.failNext('views.open', { kind: 'error', error: 'expired_trigger_id' }, 2);
      slack.click(card, BOB, 'deny');
      await slack.told(channel, BOB, /nothing was denied/);
      slack.click(card, BOB, 'edit');
      await slack.told(channel, BOB, /could not show you the form in time/);
    },
    effects: 0,
    says: WAITING,
  },
  {
    what: 'an approval after the plan has expired',
    async act({ slack, card, copy, channel }) {
      await slack.stopProgram();
      await slack.startProgram(LONGER_THAN_A_PLAN_LIVES_MS);
      slack.click(card, BOB, 'approve', copy);
      await slack.told(channel, BOB, /expired/);
      await slack.says(card, /Nobody decided in time/);
      await slack.stopProgram();
      await slack.startProgram();
    },
    effects: 0,
    says: /Nobody decided in time\. Nothing was changed/,
  },
  {
    what: 'an approval after whoever asked for it said stop',
    async act({ slack, card, copy, channel }) {
      const { threadTs = card.ts } = card;
      slack.slack.mention({ user: ADA, channel, text: 'stop', threadTs });
      await slack.says(card, /Taken back by Ada/);
      slack.click(card, BOB, 'approve', copy);
      await slack.told(channel, BOB, /Already taken back by Ada/);
    },
    effects: 0,
    says: /Taken back by Ada/,
  },
  {
    what: 'an approval of a plan that was edited',
    async act({ slack, card, copy, channel }) {
      await slack.edit(card, BOB, 3);
      const fresh = await slack.answer(channel, /Scale Deployment \S+ 1 → 3/, [card]);
      await slack.says(card, new RegExp(`Replaced by ${planIdOf(fresh)}, which Bob edited`));
      slack.click(card, ADA, 'approve', copy);
      await slack.told(channel, ADA, new RegExp(`decide on the card of ${planIdOf(fresh)}`));
    },
    effects: 0,
    says: /Nothing was changed/,
  },
  {
    what: 'the approval of an edited plan',
    async act({ slack, card, channel, deployments, name }) {
      await slack.edit(card, BOB, 3);
      const fresh = await slack.answer(channel, /Scale Deployment \S+ 1 → 3/, [card]);
      expect(fresh.threadTs).toBe(card.threadTs);
      expect(textOf(fresh)).toContain('Asked by:* Bob');
      expect(buttonsOf(card)).toEqual([]);
      slack.click(fresh, ADA, 'approve');
      await slack.says(fresh, DONE);
      expect(await deployments.read(name)).toMatchObject({ replicas: 3, generation: 2 });
    },
    effects: 1,
    says: /Replaced by/,
  },
  {
    what: 'an edit that comes after an approval',
    async act({ slack, card, copy, channel }) {
      slack.click(card, BOB, 'edit', copy);
      await slack.form(BOB);
      slack.click(card, ADA, 'approve', copy);
      await slack.says(card, /Approved by Ada|Done, verified/);
      await slack.handIn(BOB, { replicas: '3' });
      await slack.told(channel, BOB, /Already approved by Ada/);
    },
    effects: 1,
    says: DONE,
  },
];

/** D7: each way of deciding has its effect once or not at all, as specified. */
export function approvalContract(world: () => LoopWorld): void {
  let serial = 0;

  async function waiting(): Promise<Waiting> {
    serial += 1;
    const { slack, cluster, deployments } = world();
    const name = `matrix-${serial}`;
    await deployments.create(name, 1);
    const channel = slack.newChannel();
    const card = await slack.card(channel, ADA, `scale deploy/${name} 2 -n ${cluster.namespace}`);
    return { ...world(), name, channel, card, copy: structuredClone(card) };
  }

  describe('the approval matrix', () => {
    it.each(CASES)('$what: $effects', async ({ act, effects, says }) => {
      const given = await waiting();
      await act(given);
      await given.slack.says(given.card, says);
      await given.slack.settle();
      expect(given.cluster.effectsOn(given.name)).toHaveLength(effects);
      expect(textOf(given.card)).toMatch(says);
      const { calls } = given.slack.slack;
      expect(calls.filter(({ method }) => method === 'response_url')).toEqual([]);
    });

    it('paints a card anew after a restart, in its place, and every button of it works', async () => {
      const { slack, card, cluster, name } = await waiting();
      await slack.settle();
      const { edits } = card;
      const before = textOf(card);
      await slack.stopProgram();
      await slack.startProgram();
      await slack.slack.waitFor(() => card.edits > edits);
      expect(textOf(card)).toBe(before);
      expect(buttonsOf(card)).toEqual(['approve', 'edit', 'deny']);
      await slack.deny(card, BOB, 'after the restart');
      await slack.says(card, /Denied by Bob: after the restart/);
      expect(cluster.effectsOn(name)).toEqual([]);
    });

    it('leads from how a plan ended to its card', async () => {
      const { slack, cluster, deployments } = world();
      await deployments.create('linked', 1);
      const channel = slack.newChannel();
      const text = `please scale the linked deployment in ${cluster.namespace} to 2 replicas`;
      slack.slack.mention({ user: ADA, channel, text });
      const card = await slack.answer(channel, /Status:/);
      await slack.deny(card, BOB);
      const closing = await slack.answer(channel, /Not done: it was denied/, [card]);
      const link = new RegExp(
        `<https://[^|>]+/archives/${channel}/p${card.ts.replace('.', '')}[^|>]*\\|The plan>`,
      );
      expect(textOf(closing)).toMatch(link);
    });
  });
}
