import { readFileSync } from 'node:fs';
import type { PlanRecord, Store } from '@jamie/core';
import { createTemporaryDirectory } from '@jamie/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isEffect } from '../control-plane/audit-log.ts';
import { describeOnControlPlane } from '../control-plane/describe-control-plane.ts';
import type { Bench } from '../remedies/bench.ts';
import { hasCondition } from '../remedies/bench.ts';
import { installService, SERVICE_USER, type ServiceIdentity } from '../support/identity/service-account.ts';
import { ADA } from '../support/loop-world.ts';
import { REAL_PEOPLE } from '../support/real-test-cluster.ts';
import {
  AutomationWorld,
  LATE_MS,
  MINUTE_MS,
  SELF_HEALER,
} from '../support/self-healing/automation-world.ts';
import {
  breakByRelease,
  breakNode,
  evictPods,
  failJob,
  mendNode,
  starveOfMemory,
  untilBroken,
} from '../support/self-healing/faults.ts';
import { textOf } from '../support/slack-world.ts';

const RIGHTS = new URL('../../deploy/kubernetes/self-healing.example.yaml', import.meta.url);
const SETUP_MS = 180_000;
const NODE = 'node-3';
/** After a fault was found, until it has been there for long enough. */
const STEADY_MS = 70_000;
/** When whoever rolled out has had their time. Revisions of an hour ago are nobody's fault any more: there is not for ever. */
const SOON_MS = 4 * MINUTE_MS;

describeOnControlPlane(
  'self-healing on a real API server',
  (controlPlane) => {
    const directory = createTemporaryDirectory();
    let service: ServiceIdentity;

    beforeAll(async () => {
      await controlPlane().kubectl(['create', 'namespace', 'shop']);
      await controlPlane().kubectl(['apply', '--server-side', '-f', '-'], readFileSync(RIGHTS, 'utf8'));
      const { requester, approver } = REAL_PEOPLE;
      service = await installService(controlPlane(), directory.path, {
        users: [SELF_HEALER, requester.user, approver.user],
        groups: [...requester.groups],
      });
    }, SETUP_MS);
    afterAll(() => directory.remove());

    describe('what the team lets happen by itself', () => {
      let world: AutomationWorld;
      let released: Bench;
      let starved: Bench;
      let evicted: Bench;
      let failed: Bench;

      beforeAll(async () => {
        world = new AutomationWorld({
          controlPlane: controlPlane(),
          kubeconfigPath: service.kubeconfigPath,
        });
        [released, starved, evicted, failed] = await Promise.all([
          world.createPlace('released'),
          world.createPlace('starved'),
          world.createPlace('evicted'),
          world.createPlace('failed'),
        ]);
        world.writePolicy([
          { namespace: released.namespace, remediation: 'roll-back' },
          { namespace: starved.namespace, remediation: 'raise-memory' },
          { namespace: evicted.namespace, remediation: 'delete-failed-pods' },
          { namespace: failed.namespace, remediation: 'rerun-job' },
          { namespace: undefined, remediation: 'cordon-node' },
        ]);
        await Promise.all([
          breakByRelease(released, 'crash-2'),
          starveOfMemory(starved),
          evictPods(evicted),
          failJob(failed),
          breakNode(world.bench('default'), NODE),
        ]);
        await world.start(LATE_MS);
        for (const place of places()) await world.untilCase(place, ({ status }) => status === 'waiting');
        await world.restart(LATE_MS + STEADY_MS);
      }, SETUP_MS);
      afterAll(async () => {
        await mendNode(world.bench('default'), NODE);
        await world.end();
      }, SETUP_MS);

      const places = () => [
        released.namespace,
        starved.namespace,
        evicted.namespace,
        failed.namespace,
        undefined,
      ];

      /** Waits until the one attempt has helped, and returns what the API server says was changed. */
      async function healed(place: string | undefined) {
        const ended = await world.untilCase(place, ({ attempts }) => attempts[0]?.endedAt !== undefined);
        expect(ended.attempts).toMatchObject([{ level: 'act', outcome: 'helped' }]);
        const [record, ...others] = world.plansOf(ended);
        expect(others).toEqual([]);
        expect(record).toMatchObject({
          status: 'succeeded',
          approval: { statement: { basis: 'autonomy' } },
          plan: { requester: { kubernetes: { user: SELF_HEALER } } },
        });
        const effects = world.effectsIn(place);
        for (const effect of effects) expect(effect.impersonatedUser).toBe(SELF_HEALER);
        return effects.map(({ verb, resource, subresource = '' }) => `${verb} ${resource}${subresource}`);
      }

      it('takes back a release that crashes', async () => {
        expect(await healed(released.namespace)).toEqual(['patch deployments']);
        expect(await released.isWhole('Deployment', 'web')).toBe(true);
        expect(JSON.stringify((await released.read('Deployment', 'web')).spec)).toContain('web:1.0.0');
      });

      it('gives more memory to a container that is killed for want of it, within the ceiling', async () => {
        expect(await healed(starved.namespace)).toEqual(['patch deployments']);
        expect(JSON.stringify((await starved.read('Deployment', 'web')).spec)).toContain('"memory":"96Mi"');
        expect(await starved.isWhole('Deployment', 'web')).toBe(true);
      });

      it('deletes evicted pods that were replaced', async () => {
        expect(await healed(evicted.namespace)).toEqual(['delete pods', 'delete pods']);
        expect(await evicted.isWhole('Deployment', 'web')).toBe(true);
        expect((await evicted.list('Pod')).filter(({ status }) => status?.['phase'] === 'Failed')).toEqual(
          [],
        );
      });

      it('runs a Job again that failed', async () => {
        expect(await healed(failed.namespace)).toEqual(['create jobs']);
        const jobs = await failed.list('Job');
        expect(jobs).toHaveLength(2);
        expect(jobs.filter((job) => hasCondition(job, 'Complete'))).toHaveLength(1);
      });

      it('cordons a node that stays not ready', async () => {
        expect(await healed(undefined)).toEqual(['patch nodes']);
        expect((await world.bench('default').read('Node', NODE)).spec).toMatchObject({ unschedulable: true });
      });
    });

    describe('what may not happen by itself', () => {
      let world: AutomationWorld;
      let suggested: Bench;
      let frozen: Bench;
      let foreign: Bench;
      let forbidden: Bench;
      let revoked: Bench;

      /** Takes the right away between a plan and its start: the plan is made, and not yet committed. */
      function takingRightsAway(store: Store): Store {
        let isTaken = false;
        return new Proxy(store, {
          get(target, key) {
            const member: unknown = Reflect.get(target, key);
            if (typeof member !== 'function') return member;
            return async (...parameters: readonly unknown[]) => {
              const isIt = !isTaken && key === 'commit' && isPlanIn(revoked.namespace, parameters[0]);
              if (isIt) {
                isTaken = true;
                await world.revoke(revoked.namespace);
              }
              return Reflect.apply(member, target, parameters) as unknown;
            };
          },
        });
      }

      beforeAll(async () => {
        world = new AutomationWorld({
          controlPlane: controlPlane(),
          kubeconfigPath: service.kubeconfigPath,
          wrap: { store: takingRightsAway },
        });
        [suggested, frozen, foreign, forbidden, revoked] = await Promise.all([
          world.createPlace('suggested'),
          world.createPlace('frozen'),
          world.createPlace('foreign'),
          world.createPlace('forbidden', false),
          world.createPlace('revoked'),
        ]);
        const remediation = 'roll-back';
        world.writePolicy(
          [
            { namespace: suggested.namespace, remediation, level: 'suggest' },
            { namespace: frozen.namespace, remediation },
            { namespace: forbidden.namespace, remediation },
            { namespace: revoked.namespace, remediation },
          ],
          frozen.namespace,
        );
        const broken = [suggested, frozen, foreign, forbidden, revoked];
        await Promise.all(broken.map((bench) => breakByRelease(bench, 'missing-2')));
        await world.start(LATE_MS);
        for (const { namespace } of [suggested, frozen, forbidden, revoked])
          await world.untilCase(namespace, ({ status }) => status === 'waiting');
        await world.restart(LATE_MS + STEADY_MS);
      }, SETUP_MS);
      afterAll(() => world?.end(), SETUP_MS);

      it('is a plan that people decide where the team wants suggestions', async () => {
        const found = await world.untilCase(suggested.namespace, ({ status }) => status === 'acting');
        expect(found.attempts).toMatchObject([{ level: 'suggest' }]);
        expect(world.plansOf(found)).toMatchObject([{ status: 'awaiting_approval' }]);
        await world.slack.answer(world.channel, /roll-back as a suggestion that people decide/);
        expect(world.effectsIn(suggested.namespace)).toEqual([]);
      });

      it('is handed to people where the policy freezes all changes', async () => {
        const found = await world.untilCase(frozen.namespace, ({ status }) => status === 'escalated');
        expect(found).toMatchObject({
          attempts: [],
          reason: expect.stringMatching(/Changes are frozen by year-end/),
        });
        expect(world.effectsIn(frozen.namespace)).toEqual([]);
      });

      it('is not so much as looked at where no entry names the namespace', () => {
        expect(world.caseIn(foreign.namespace)).toBeUndefined();
        expect(world.asked().filter(({ namespace }) => namespace === foreign.namespace)).toEqual([]);
      });

      it('is refused where the right is taken away between plan and start', async () => {
        const { namespace } = revoked;
        const found = await world.untilCase(namespace, ({ attempts }) => attempts[0]?.endedAt !== undefined);
        expect(found.attempts).toMatchObject([{ level: 'act', outcome: 'did_not_help' }]);
        expect(world.plansOf(found)).toMatchObject([
          { status: 'refused', reason: expect.stringMatching(/may no longer make this change/) },
        ]);
        expect(world.effectsIn(namespace)).toEqual([]);
      });

      it('is handed to people where its user has no right, and done once they have granted it and close the case', async () => {
        const { namespace } = forbidden;
        const told = await world.untilCase(namespace, ({ status }) => status === 'escalated');
        expect(told).toMatchObject({
          attempts: [],
          reason: expect.stringMatching(/It cannot be done by itself/),
        });
        const dossier = await world.slack.answer(world.channel, new RegExp(`${namespace}.*needs you`));
        expect(textOf(dossier)).toContain(SELF_HEALER);
        await world.restart(LATE_MS + 3 * MINUTE_MS);
        await world.untilCase(revoked.namespace, ({ status }) => status === 'escalated');
        expect(world.caseIn(namespace)).toMatchObject({ status: 'escalated', attempts: [] });
        expect(world.effectsIn(namespace)).toEqual([]);

        await world.grant(namespace);
        world.slack.command(world.channel, ADA, `healing close ${told.id} because it may do this now`);
        await world.slack.answer(world.channel, new RegExp(`${told.id}.* is closed`));
        await world.untilCase(namespace, ({ status }) => status === 'waiting');
        await world.restart(LATE_MS + 5 * MINUTE_MS);
        const healed = await world.untilCase(namespace, ({ attempts }) => attempts[0]?.endedAt !== undefined);
        expect(healed.attempts).toMatchObject([{ level: 'act', outcome: 'helped' }]);
        const effects = world.effectsIn(namespace);
        expect(effects.map(({ verb, impersonatedUser }) => ({ verb, impersonatedUser }))).toEqual([
          { verb: 'patch', impersonatedUser: SELF_HEALER },
        ]);
      });
    });

    describe('an attempt', () => {
      let world: AutomationWorld;
      let fought: Bench;
      let interrupted: Bench;

      beforeAll(async () => {
        world = new AutomationWorld({
          controlPlane: controlPlane(),
          kubeconfigPath: service.kubeconfigPath,
          // So long that the program can be ended while it watches.
          environment: { WATCH_SCALE: '0.03' },
        });
        [fought, interrupted] = await Promise.all([
          world.createPlace('fought'),
          world.createPlace('interrupted'),
        ]);
        world.writePolicy([
          { namespace: fought.namespace, remediation: 'roll-back', attempts: 3 },
          { namespace: interrupted.namespace, remediation: 'roll-back' },
        ]);
        await Promise.all([fought, interrupted].map((bench) => breakByRelease(bench, 'missing-2')));
        await world.start(SOON_MS);
        for (const { namespace } of [fought, interrupted])
          await world.untilCase(namespace, ({ status }) => status === 'waiting');
      }, SETUP_MS);
      afterAll(() => world?.end(), SETUP_MS);

      it('has one effect and counts once when the program ends before it is verified, and starts again', async () => {
        const { namespace } = interrupted;
        await world.restart(SOON_MS + STEADY_MS);
        const begun = await world.untilCase(namespace, ({ status }) => status === 'acting');
        const planId = begun.attempts[0]?.planId ?? '';
        await world.untilPlan(planId, ({ status }) => status === 'verifying' || status === 'watching');
        await world.restart(SOON_MS + STEADY_MS);
        const ended = await world.untilCase(namespace, ({ attempts }) => attempts[0]?.endedAt !== undefined);
        expect(ended.attempts).toMatchObject([{ planId, outcome: 'helped' }]);
        expect(world.plansOf(ended)).toMatchObject([{ status: 'succeeded' }]);
        expect(world.effectsIn(namespace)).toHaveLength(1);
        expect(await interrupted.isWhole('Deployment', 'web')).toBe(true);
      });

      it('is not repeated against a person who changes it back, and who that was is told the second time', async () => {
        const { namespace } = fought;
        const setImage = async (tag: string) => {
          const image = `web=registry.example/shop/web:${tag}`;
          await controlPlane().kubectl(['set', 'image', 'deployment/web', image, `--namespace=${namespace}`]);
          await untilBroken(fought);
          await world.untilCase(
            namespace,
            ({ goneSince, status }) => goneSince === undefined && status !== 'acting',
          );
        };
        await world.untilCase(namespace, ({ attempts }) => attempts[0]?.outcome === 'helped');
        await setImage('missing-3');
        await world.restart(SOON_MS + 13 * MINUTE_MS);
        await world.untilCase(namespace, ({ reason }) =>
          /kubectl-set changed back what was done/.test(reason),
        );
        expect(world.effectsIn(namespace)).toHaveLength(1);

        await world.restart(SOON_MS + 34 * MINUTE_MS);
        await world.untilCase(namespace, ({ attempts }) => attempts[1]?.outcome === 'helped');
        expect(world.effectsIn(namespace)).toHaveLength(2);
        await setImage('missing-4');
        await world.restart(SOON_MS + 47 * MINUTE_MS);
        const told = await world.untilCase(namespace, ({ status }) => status === 'escalated');
        expect(told.reason).toMatch(/kubectl-set changed it back 2 times within a day/);
        expect(told.attempts).toHaveLength(2);
        expect(world.effectsIn(namespace)).toHaveLength(2);
      });
    });

    describe('the API server', () => {
      it('has seen no write of the service but as the user of self-healing', () => {
        const effects = controlPlane()
          .auditLog()
          .filter((entry) => entry.user === SERVICE_USER && isEffect(entry));
        expect(effects.filter(({ impersonatedUser }) => impersonatedUser !== SELF_HEALER)).toEqual([]);
        // Two pods, and one for each of the other eight that were healed.
        expect(effects).toHaveLength(10);
      });

      it('has let that user do what the example grants, and needed no more', () => {
        const asked = controlPlane()
          .auditLog()
          .filter(({ user, impersonatedUser }) => user === SERVICE_USER && impersonatedUser === SELF_HEALER)
          .filter(({ resource }) => resource !== '');
        const refused = asked.filter(({ code }) => code === 403);
        const withoutRights = /^(forbidden|revoked)-/;
        expect(refused.filter(({ namespace = '' }) => !withoutRights.test(namespace))).toEqual([]);
        const used = asked
          .filter(({ code }) => code < 300)
          .map(({ verb, resource }) => `${verb} ${resource}`);
        expect([...new Set(used)].sort()).toEqual([
          'create jobs',
          'delete pods',
          'get deployments',
          'get jobs',
          'get nodes',
          'get pods',
          'get replicasets',
          'list poddisruptionbudgets',
          'list pods',
          'list replicasets',
          'patch deployments',
          'patch nodes',
        ]);
      });
    });
  },
  { nodes: 3 },
);

/** Whether a commit makes a plan for something in a namespace. */
function isPlanIn(namespace: string, changes: unknown): boolean {
  const made = (changes as Parameters<Store['commit']>[0]).flatMap((change): readonly PlanRecord[] =>
    change.kind === 'plan.insert' ? [change.record] : [],
  );
  return made.some(({ plan }) => plan.steps.some(({ target }) => target.ref.namespace === namespace));
}
