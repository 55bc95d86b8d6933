import { describe, expect, it } from '@jest/globals';
import { ADA, BOB, EVE, type LoopWorld, NOBODY } from './loop-world.ts';
import { buttonsOf, planIdOf, textOf } from './slack-world.ts';

const LONGER_THAN_A_PLAN_LIVES_MS = 16 * 60_000;
const DONE = /Done, verified, and still well/;

/** Whose click counts, and how often. */
export function decisionContract(world: () => LoopWorld): void {
  /** A Deployment of one pod with a card that makes it two. */
  async function waitingCard(name: string) {
    const { slack, cluster, deployments } = world();
    await deployments.create(name, 1);
    const channel = slack.newChannel();
    const card = await slack.card(channel, ADA, `scale deploy/${name} 2 -n ${cluster.namespace}`);
    return { ...world(), channel, card, copy: structuredClone(card) };
  }

  describe('a decision', () => {
    it('denies with a reason, which ends the plan without an effect', async () => {
      const { slack, cluster, channel, card } = await waitingCard('denied');
      slack.command(channel, BOB, `deny ${planIdOf(card)} not during the sale`);
      await slack.says(card, /Denied by Bob: not during the sale\. Nothing was changed/);
      expect(buttonsOf(card)).toEqual([]);
      expect(cluster.effectsOn('denied')).toEqual([]);
    });

    it('counts a double click once', async () => {
      const { slack, cluster, deployments, card, copy } = await waitingCard('double');
      slack.click(card, BOB, 'approve', copy);
      slack.click(card, BOB, 'approve', copy);
      await slack.says(card, DONE);
      await slack.settle();
      expect(cluster.effectsOn('double')).toHaveLength(1);
      expect(await deployments.read('double')).toMatchObject({ replicas: 2, generation: 2 });
    });

    it('is made once when two people approve at the same time, and the other is told', async () => {
      const { slack, cluster, channel, card, copy } = await waitingCard('raced');
      slack.click(card, BOB, 'approve', copy);
      slack.click(card, ADA, 'approve', copy);
      await slack.says(card, DONE);
      await slack.settle();
      const winner = textOf(card).includes('Bob approved') ? 'Bob' : 'Ada';
      await slack.told(channel, winner === 'Bob' ? ADA : BOB, new RegExp(`Already approved by ${winner}`));
      expect(cluster.effectsOn('raced')).toHaveLength(1);
    });

    it('goes one way when one person approves and another denies at the same time', async () => {
      const { slack, cluster, channel, card, copy } = await waitingCard('torn');
      slack.click(card, BOB, 'deny', copy);
      await slack.form(BOB);
      const denied = slack.handIn(BOB, {});
      slack.click(card, ADA, 'approve', copy);
      await denied;
      await slack.says(card, /Denied by Bob|Done, verified, and still well/);
      await slack.settle();
      const isDenied = /Denied by Bob/.test(textOf(card));
      if (isDenied) await slack.told(channel, ADA, /Already denied by Bob/);
      else await slack.told(channel, BOB, /Already approved by Ada/);
      expect(cluster.effectsOn('torn')).toHaveLength(isDenied ? 0 : 1);
    });

    it('takes no click of somebody whom it does not know or who has no rights, and says so to them', async () => {
      const { slack, cluster, channel, card } = await waitingCard('foreign');
      slack.click(card, NOBODY, 'approve');
      await slack.told(channel, NOBODY, /I do not know you yet/);
      slack.click(card, EVE, 'approve');
      await slack.told(channel, EVE, /Kubernetes does not let you make this change/);
      await slack.deny(card, EVE, 'because');
      await slack.settle();
      expect(buttonsOf(card)).toEqual(['approve', 'edit', 'deny']);
      expect(cluster.effectsOn('foreign')).toEqual([]);
    });

    it('refuses a change that takes something away to its requester, and takes a colleague', async () => {
      const { slack, cluster, deployments } = world();
      await deployments.create('shrinking', 2);
      const channel = slack.newChannel();
      const card = await slack.card(channel, ADA, `scale deploy/shrinking 1 -n ${cluster.namespace}`);
      slack.click(card, ADA, 'approve');
      await slack.told(channel, ADA, /somebody else has to approve/);
      expect(cluster.effectsOn('shrinking')).toEqual([]);
      slack.click(card, BOB, 'approve');
      await slack.says(card, DONE);
      expect(cluster.effectsOn('shrinking')).toHaveLength(1);
    });

    it('comes too late once the plan has expired, and the card says so', async () => {
      const { slack, cluster, channel, card, copy } = await waitingCard('late');
      await slack.stopProgram();
      await slack.startProgram(LONGER_THAN_A_PLAN_LIVES_MS);
      slack.click(card, BOB, 'approve', copy);
      await slack.told(channel, BOB, /expired/);
      await slack.says(card, /Nobody decided in time\. Nothing was changed/);
      expect(buttonsOf(card)).toEqual([]);
      expect(cluster.effectsOn('late')).toEqual([]);
      await slack.stopProgram();
      await slack.startProgram();
    });

    it('counts a click on a card from before a restart, once, and answers a late one', async () => {
      const { slack, cluster, channel, card, copy } = await waitingCard('restarted');
      await slack.stopProgram();
      await slack.startProgram();
      slack.click(card, BOB, 'approve', copy);
      await slack.says(card, DONE);
      expect(cluster.effectsOn('restarted')).toHaveLength(1);
      slack.click(card, ADA, 'deny', copy);
      await slack.told(channel, ADA, /Already approved by Bob\. It is too late/);
      await slack.settle();
      expect(cluster.effectsOn('restarted')).toHaveLength(1);
    });
  });
}
