import { describe, expect, it } from '@jest/globals';
import { describeOnControlPlane } from '../control-plane/describe-control-plane.ts';
import { applySeed, createTestNamespace, waitFor } from '../control-plane/test-namespace.ts';
import { changeContract } from '../support/change.contract.ts';
import { decisionContract } from '../support/decision.contract.ts';
import { ADA, BOB, createWorldOf, EVE } from '../support/loop-world.ts';
import { REAL_PEOPLE, realTestCluster } from '../support/real-test-cluster.ts';
import { planIdOf, textOf } from '../support/slack-world.ts';

describeOnControlPlane('the safe loop on a real API server', (controlPlane) => {
  const world = createWorldOf(async () => {
    const namespace = await createTestNamespace(controlPlane(), { prefix: 'loop' });
    return { mode: 'socket', cluster: realTestCluster(controlPlane(), namespace), people: REAL_PEOPLE };
  });

  changeContract(world);
  decisionContract(world);

  describe('a question', () => {
    it('why a Deployment crashes gets the cause, with the line of its log that says so', async () => {
      const { slack } = world();
      const namespace = await createTestNamespace(controlPlane());
      await applySeed(controlPlane(), namespace, ['crash-loop', 'healthy']);
      await untilCrashing(namespace);
      const channel = slack.newChannel();
      const ts = slack.slack.mention({
        user: ADA,
        channel,
        text: `why is checkout crashing in ${namespace}?`,
      });
      const answer = await slack.answer(channel, /Evidence/);
      await slack.settle();
      expect(answer.threadTs).toBe(ts);
      expect(textOf(answer)).toContain('lookup orders-db: no such host');
      expect(textOf(answer)).not.toContain('storefront');
      expect(slack.answers(channel)).toHaveLength(1);
    });

    it('by somebody who may not read there is refused, and reads nothing', async () => {
      const { slack, cluster } = world();
      const channel = slack.newChannel();
      slack.slack.mention({ user: EVE, channel, text: `why is ballast failing in ${cluster.namespace}?` });
      await slack.answer(channel, /Kubernetes does not let carol read pods/);
      const read = controlPlane()
        .auditLog()
        .filter((entry) => entry.impersonatedUser === 'carol' && entry.resource === 'pods');
      expect(read).toEqual([]);
    });
  });

  it('refuses to start when an approver lost the right after approving, and writes nothing', async () => {
    const { slack } = world();
    const namespace = await createTestNamespace(controlPlane(), { operable: false });
    const cluster = realTestCluster(controlPlane(), namespace);
    for (const user of ['alice', 'bob']) await letOperate(namespace, user);
    await controlPlane().kubectl(['create', 'deployment', 'revoked', '--image=web:1.0.0', '-n', namespace]);
    const channel = slack.newChannel();
    const card = await slack.card(channel, ADA, `scale deploy/revoked 2 -n ${namespace}`);
    slack.command(channel, ADA, 'freeze until bob is gone');
    await slack.answer(channel, /Frozen\. No new change starts/);
    slack.click(card, BOB, 'approve');
    await slack.says(card, /until bob is gone/);
    await controlPlane().kubectl(['delete', 'rolebinding', 'operator-bob', '-n', namespace]);
    await waitFor(
      () => mayScale(namespace),
      (answer) => !answer,
    );
    slack.command(channel, ADA, 'unfreeze');
    await slack.says(card, /Bob may no longer make this change/);
    await slack.settle();
    expect(planIdOf(card)).toMatch(/^p-/);
    expect(cluster.effectsOn('revoked')).toEqual([]);
  });

  async function untilCrashing(namespace: string): Promise<void> {
    const path = '{.items[*].status.containerStatuses[0].state.waiting.reason}';
    await waitFor(
      () =>
        controlPlane().kubectl(['get', 'pods', '-l', 'app=checkout', '-n', namespace, `-o=jsonpath=${path}`]),
      (reasons) => reasons === 'CrashLoopBackOff CrashLoopBackOff',
    );
  }

  async function letOperate(namespace: string, user: string): Promise<void> {
    const role = ['--clusterrole=workload-operator', `--user=${user}`, `--namespace=${namespace}`];
    await controlPlane().kubectl(['create', 'rolebinding', `operator-${user}`, ...role]);
  }

  async function mayScale(namespace: string): Promise<boolean> {
    const attributes = {
      namespace,
      verb: 'patch',
      group: 'apps',
      resource: 'deployments',
      subresource: 'scale',
    };
    const answer = await controlPlane().api()({
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SubjectAccessReview',
        spec: { user: 'bob', resourceAttributes: attributes },
      },
    });
    return (JSON.parse(answer.text) as { status: { allowed: boolean } }).status.allowed;
  }
});
