import { describe, expect, it } from '@jest/globals';
import { ADA, BOB, EVE, type LoopWorld } from './loop-world.ts';
import { buttonsOf, planIdOf, textOf } from './slack-world.ts';

const DONE = /Done, verified, and still well/;

/** From the command over the card to one verified effect, and back. */
export function changeContract(world: () => LoopWorld): void {
  describe('a change', () => {
    it('has its effect once, as the requester, is verified, and undo takes it back', async () => {
      const { slack, cluster, deployments, people } = world();
      await deployments.create('loop', 2);
      const channel = slack.newChannel();
      const card = await slack.card(channel, ADA, `scale deploy/loop 3 -n ${cluster.namespace}`);
      expect(textOf(card)).toMatch(/Scale Deployment loop 2 → 3/);
      expect(textOf(card)).toMatch(/-\s+replicas: 2\n\+\s+replicas: 3/);
      expect(buttonsOf(card)).toEqual(['approve', 'edit', 'deny']);
      expect(cluster.effectsOn('loop')).toEqual([]);

      slack.click(card, BOB, 'approve');
      await slack.says(card, DONE);
      expect(textOf(card)).toContain('Bob approved');
      expect(buttonsOf(card)).toEqual(['undo']);
      const scaled = { verb: 'patch', subresource: 'scale', impersonatedUser: people.requester.user };
      expect(cluster.effectsOn('loop')).toEqual([scaled]);
      expect(await deployments.read('loop')).toMatchObject({ replicas: 3, readyReplicas: 3, generation: 2 });

      slack.click(card, ADA, 'undo');
      const back = await slack.answer(channel, /Undo p-[0-9a-z]{8}: scale Deployment loop 3 → 2/, [card]);
      expect(back.threadTs).toBe(card.threadTs);
      slack.click(back, BOB, 'approve');
      await slack.says(back, DONE);
      expect(cluster.effectsOn('loop')).toEqual([scaled, scaled]);
      expect(await deployments.read('loop')).toMatchObject({ replicas: 2, generation: 3 });
      await slack.says(card, new RegExp(`Undone by:\\*? ${planIdOf(back)}`));
      expect(buttonsOf(card)).toEqual([]);
    });

    it('is handed to Scarlet when it was asked for in a sentence, and she says once how it ended', async () => {
      const { slack, cluster, deployments } = world();
      await deployments.create('handed', 1);
      const channel = slack.newChannel();
      const text = `please scale the handed deployment in ${cluster.namespace} to 2 replicas`;
      slack.slack.mention({ user: ADA, channel, text });
      const card = await slack.answer(channel, /Status:/);
      expect(textOf(card)).toContain('Handing this to Scarlet: it changes the cluster.');
      slack.click(card, BOB, 'approve');
      await slack.says(card, DONE);
      const closing = await slack.answer(channel, /^.*Done and verified: Scale Deployment handed 1 → 2/s, [
        card,
      ]);
      expect(textOf(closing)).toContain(`undo ${planIdOf(card)}`);
      expect(closing.threadTs).toBe(card.threadTs);
      await slack.settle();
      // On a slow machine the steps of the work stand there as well.
      const said = slack.answers(channel).filter(({ text }) => text !== '');
      expect(said).toHaveLength(2);
      expect(cluster.effectsOn('handed')).toHaveLength(1);
    });

    it('is rolled back by itself when its pods never become ready, and the card says so', async () => {
      const { slack, cluster, deployments, people } = world();
      await deployments.create('doomed', 2, 'doomed-settings');
      await deployments.removeConfigMap('doomed-settings');
      const before = await deployments.read('doomed');
      const channel = slack.newChannel();
      const card = await slack.card(channel, ADA, `restart deploy/doomed -n ${cluster.namespace}`);
      slack.click(card, BOB, 'approve');
      await slack.says(card, /Made doomed worse: .*Rolled back and verified/s);
      const after = await deployments.read('doomed');
      expect(after.readyReplicas).toBe(2);
      expect(after.restartedAt).toBe(before.restartedAt);
      const patched = { verb: 'patch', impersonatedUser: people.requester.user };
      expect(cluster.effectsOn('doomed')).toEqual([patched, patched]);
      expect(buttonsOf(card)).toEqual([]);
    });

    it('writes nothing and gets a fresh card when the object changed after the preview', async () => {
      const { slack, cluster, deployments } = world();
      await deployments.create('moved', 2);
      const channel = slack.newChannel();
      const card = await slack.card(channel, ADA, `scale deploy/moved 4 -n ${cluster.namespace}`);
      await deployments.patch('moved', { spec: { replicas: 3 } });
      slack.click(card, BOB, 'approve');
      await slack.says(card, /changed after the preview \(spec\.replicas 2 → 3\)\. Nothing was changed/);
      const fresh = await slack.answer(channel, /Scale Deployment moved 3 → 4/, [card]);
      expect(textOf(fresh)).toContain(planIdOf(card));
      expect(textOf(card)).toContain(planIdOf(fresh));
      expect(buttonsOf(card)).toEqual([]);
      expect(cluster.effectsOn('moved')).toEqual([]);
      slack.click(fresh, BOB, 'approve');
      await slack.says(fresh, DONE);
      expect(await deployments.read('moved')).toMatchObject({ replicas: 4, generation: 3 });
      expect(cluster.effectsOn('moved')).toHaveLength(1);
    });

    it('does not count pods that flap as a change of the object', async () => {
      const { slack, cluster, deployments } = world();
      await deployments.create('flapping', 2);
      const channel = slack.newChannel();
      const card = await slack.card(channel, ADA, `scale deploy/flapping 3 -n ${cluster.namespace}`);
      await deployments.flap('flapping');
      slack.click(card, BOB, 'approve');
      await slack.says(card, DONE);
      expect(cluster.effectsOn('flapping')).toHaveLength(1);
    });

    it('is refused before any card to somebody without rights', async () => {
      const { slack, cluster, deployments } = world();
      await deployments.create('closed', 1);
      const channel = slack.newChannel();
      slack.command(channel, EVE, `scale deploy/closed 2 -n ${cluster.namespace}`);
      const answer = await slack.answer(channel, /Kubernetes does not let|may not|not allowed/);
      expect(buttonsOf(answer)).toEqual([]);
      expect(cluster.effectsOn('closed')).toEqual([]);
      expect(await deployments.read('closed')).toMatchObject({ replicas: 1, generation: 1 });
    });

    it('waits while changes are frozen, and starts when they are let go again', async () => {
      const { slack, cluster, deployments } = world();
      await deployments.create('frozen', 1);
      const channel = slack.newChannel();
      const card = await slack.card(channel, ADA, `scale deploy/frozen 2 -n ${cluster.namespace}`);
      slack.command(channel, BOB, 'freeze the auditors are here');
      await slack.answer(channel, /Frozen\. No new change starts/);
      slack.click(card, BOB, 'approve');
      await slack.says(card, /the auditors are here/);
      expect(cluster.effectsOn('frozen')).toEqual([]);
      slack.command(channel, BOB, 'unfreeze');
      await slack.says(card, DONE);
      expect(cluster.effectsOn('frozen')).toHaveLength(1);
    });
  });
}
