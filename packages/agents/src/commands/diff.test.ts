import type { JsonObject, KubeObject, Reply } from '@jamie/core';
import { aJob, aNamespace, aSnapshot, aWorkload, podOf } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentsWorld } from '../agents-world.fixture.ts';
import { parseCommand } from '../grammar/parse-command.ts';

const CANARY = ['cana', 'ry7'].join('');
const BASKET = { kind: 'Deployment', namespace: 'shop', name: 'basket' } as const;

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
  world.cluster.edit(BASKET, (object) => {
    (object['metadata'] as JsonObject & { annotations: JsonObject }).annotations = {
      'deployment.kubernetes.io/revision': '3',
    };
  });
  keep(1, { image: 'registry.example/shop/basket:1.0' });
  keep(2, { image: 'registry.example/shop/basket:1.1' });
  keep(3, {
    image: 'registry.example/shop/basket:1.2',
    env: [
      { name: 'API_TOKEN', value: CANARY },
      { name: 'DB', value: `postgres://app:${CANARY}@db/shop` },
    ],
    envFrom: [{ secretRef: { name: 'basket-keys' } }],
  });
});
afterEach(() => world.destroy());

/** Puts the ReplicaSet of a revision, made as many days after the first of January. */
function keep(revision: number, container: JsonObject): void {
  world.cluster.put({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `basket-${revision}`,
      namespace: 'shop',
      uid: `uid-basket-${revision}`,
      resourceVersion: '1',
      creationTimestamp: `2026-01-0${revision + 1}T12:00:00Z`,
      labels: { app: 'basket' },
      annotations: {
        'deployment.kubernetes.io/revision': String(revision),
        ...(revision === 3 && { 'kubernetes.io/change-cause': `release 1.2 password=${CANARY}` }),
      },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'basket', uid: 'uid-basket' }],
    },
    spec: {
      template: {
        metadata: { labels: { app: 'basket' } },
        spec: { containers: [{ name: 'app', ...container }] },
      },
    },
  } as unknown as KubeObject);
}

function textOf(reply: Reply, kind: 'code' | 'text'): string {
  return reply.sections
    .map((section) => {
      if (section.kind !== kind) return '';
      return section.kind === 'code' ? section.text : section.kind === 'text' ? section.lines.join('\n') : '';
    })
    .join('\n')
    .trim();
}

describe('diff of a workload', () => {
  it('compares the present revision with the one before it, the point first', async () => {
    const reply = await world.ask('diff basket -n shop');
    expect(reply.headline).toMatch(
      /^Deployment shop\/basket, revision 2 to 3: image basket:1\.1 → 1\.2; \d+ lines added and 1 removed in all\.$/,
    );
    expect(reply.sections[0]).toMatchObject({
      kind: 'table',
      rows: [
        ['2', '12 days ago', 'none given'],
        ['3 (present)', '11 days ago', expect.stringMatching(/^release 1\.2 /)],
      ],
    });
    expect(textOf(reply, 'code')).toContain('-      image: registry.example/shop/basket:1.1');
    expect(textOf(reply, 'text')).toContain('Revision 3 also reads Secret basket-keys.');
    expect(textOf(reply, 'text')).toContain('Revisions kept: 1, 2 and 3; choose with --from and --to.');
    expect(reply.followUps?.map(({ command }) => command)).toEqual([
      'diff deploy/basket --from 1 --to 2 -n shop',
      'why deploy/basket -n shop',
    ]);
    for (const { command } of reply.followUps ?? []) expect(parseCommand(command).kind).toBe('intent');
  });

  it('shows no secret anywhere, and says what the marks mean', async () => {
    const reply = await world.ask('diff basket -n shop');
    expect(JSON.stringify(reply)).not.toContain(CANARY);
    expect(textOf(reply, 'text')).toContain('equal marks stand for equal values');
  });

  it('compares the revisions that are named', async () => {
    expect((await world.ask('diff basket -n shop --from 1')).headline).toContain('revision 1 to 3');
    expect((await world.ask('diff basket -n shop --to 2')).headline).toBe(
      'Deployment shop/basket, revision 1 to 2: image basket:1.0 → 1.1, and nothing else.',
    );
    expect((await world.ask('diff basket -n shop --from 3 --to 1')).headline).toContain('revision 3 to 1');
  });

  it('says which revisions there are when one is not kept', async () => {
    expect(await world.ask('diff basket -n shop --from 9')).toMatchObject({
      tone: 'refusal',
      headline: 'Deployment shop/basket has no revision 9. Revisions kept: 1, 2, 3.',
    });
    expect((await world.ask('diff basket -n shop --from 2 --to 2')).headline).toContain(
      'is the same as itself',
    );
    for (const number of [1, 2])
      world.cluster.remove({ kind: 'ReplicaSet', namespace: 'shop', name: `basket-${number}` });
    expect((await world.ask('diff basket -n shop')).headline).toContain(
      'keeps nothing from before revision 3',
    );
  });

  it('goes from a pod to its Deployment', async () => {
    const [pod] = world.cluster.snapshot.objects.Pod.filter(
      ({ name, namespace }) => name.startsWith('basket') && namespace === 'shop',
    );
    expect((await world.ask(`diff pod/${pod?.name} -n shop`)).headline).toContain(
      'Deployment shop/basket, revision',
    );
  });

  it('reads as the person, live', async () => {
    await world.ask('diff basket -n shop');
    expect(world.cluster.reads.every(({ user }) => user === 'ada')).toBe(true);
    world.cluster.blind.add('ada');
    expect(await world.ask('diff basket -n shop')).toMatchObject({
      tone: 'refusal',
      headline: expect.stringContaining('does not let ada read revisions in shop on test'),
    });
    world.cluster.blind.clear();
    world.cluster.remove(BASKET);
    expect((await world.ask('diff basket -n shop')).headline).toBe(
      'Deployment shop/basket is not there any more.',
    );
    world.cluster.denied.add('ada');
    expect(await world.ask('diff basket -n shop')).toMatchObject({ tone: 'refusal' });
  });

  it.each(['StatefulSet', 'DaemonSet'] as const)(
    'reads what a %s keeps in ControllerRevisions',
    async (kind) => {
      const ledger = aWorkload(kind, 'ledger');
      world.cluster.snapshot = aSnapshot().with(aNamespace('shop'), ledger, podOf(ledger, 0)).build();
      const templateOf = (tag: string) => ({
        metadata: { labels: { app: 'ledger' } },
        spec: { containers: [{ name: 'app', image: `registry.example/shop/ledger:${tag}` }] },
      });
      const metadata = { namespace: 'shop', resourceVersion: '1', labels: { app: 'ledger' } };
      world.cluster.put({
        apiVersion: 'apps/v1',
        kind,
        metadata: {
          ...metadata,
          name: 'ledger',
          uid: 'uid-ledger',
          creationTimestamp: '2026-01-01T00:00:00Z',
        },
        spec: { selector: { matchLabels: { app: 'ledger' } }, template: templateOf('1.1') },
      } as unknown as KubeObject);
      for (const [revision, tag] of [
        [1, '1.0'],
        [2, '1.1'],
      ] as const) {
        world.cluster.put({
          apiVersion: 'apps/v1',
          kind: 'ControllerRevision',
          metadata: {
            ...metadata,
            name: `ledger-${revision}`,
            uid: `uid-ledger-${revision}`,
            creationTimestamp: `2026-01-0${revision + 1}T12:00:00Z`,
            ownerReferences: [{ apiVersion: 'apps/v1', kind, name: 'ledger', uid: 'uid-ledger' }],
          },
          data: { spec: { template: { ...templateOf(tag), $patch: 'replace' } } },
          revision,
        } as unknown as KubeObject);
      }
      const reply = await world.ask('diff ledger -n shop');
      expect(reply.headline).toBe(
        `${kind} shop/ledger, revision 1 to 2: image ledger:1.0 → 1.1, and nothing else.`,
      );
      expect(reply.sections[0]).toMatchObject({
        rows: [
          ['1', expect.any(String), 'none given'],
          ['2 (present)', expect.any(String), 'none given'],
        ],
      });
      expect(reply.followUps?.at(-1)?.command).toBe(
        `why ${kind === 'StatefulSet' ? 'sts' : 'ds'}/ledger -n shop`,
      );
      expect((await world.ask('what changed in ledger in shop?', 'sentence')).headline).toContain(
        `${kind} shop/ledger, revision 1 to 2`,
      );
    },
  );

  it('refuses what keeps no revisions, and says what it can show', async () => {
    world.cluster.snapshot = aSnapshot().with(aNamespace('shop'), aJob('report')).build();
    const reply = await world.ask('diff report -n shop');
    expect(reply.headline).toContain('and Job shop/report has none.');
    expect(reply.choice?.options.map(({ command }) => command)).toEqual([
      'why job/report -n shop',
      'events job/report -n shop',
      'pods job/report -n shop',
    ]);
    for (const { command } of reply.choice?.options ?? []) expect(parseCommand(command).kind).toBe('intent');
  });

  it('gives a long diff as a file', async () => {
    keep(3, { image: 'basket:1.2', args: Array.from({ length: 400 }, (_, index) => `--flag-${index}`) });
    const reply = await world.ask('diff basket -n shop');
    expect(textOf(reply, 'code').length).toBeLessThanOrEqual(2_800);
    expect(reply.files?.[0]).toMatchObject({ name: 'basket-2-3.diff' });
    expect(reply.files?.[0]?.text).toContain('--flag-399');
  });
});

describe('diff of a plan', () => {
  async function planned(): Promise<string> {
    const { planId } = await world.ask('scale basket 3 -n shop');
    return planId ?? '';
  }

  it('shows the preview, and that the live object still is what was previewed', async () => {
    const planId = await planned();
    const reply = await world.ask(`diff ${planId}`);
    expect(reply.headline).toBe(
      `${planId}, Scale Deployment basket 2 → 3 in shop on test: the live object still is what was previewed.`,
    );
    expect(textOf(reply, 'code')).toContain('-  replicas: 2\n+  replicas: 3');
    expect(reply.followUps).toEqual([{ label: 'The card', command: `plan ${planId}` }]);
  });

  it('says what has changed since', async () => {
    const planId = await planned();
    world.cluster.edit(BASKET, (object) => Object.assign(object['spec'] as object, { replicas: 5 }));
    const reply = await world.ask(`diff ${planId}`);
    expect(reply.headline).toContain('the live object has changed since the preview; ask for it again.');
    expect(textOf(reply, 'text')).toContain('/spec/replicas (2 then, 5 now)');
    world.cluster.remove(BASKET);
    expect((await world.ask(`diff ${planId}`)).headline).toContain('the object is gone');
  });

  it('is for those who may read there', async () => {
    const planId = await planned();
    world.cluster.denied.add('ada');
    expect(await world.ask(`diff ${planId}`)).toMatchObject({ tone: 'refusal' });
    expect((await world.ask('diff p-00000000')).headline).toContain('I know no plan p-00000000');
  });
});
