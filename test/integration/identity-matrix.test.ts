import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTemporaryDirectory } from '@jamie/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AuditedRequest, isEffect } from '../control-plane/audit-log.ts';
import { describeOnControlPlane } from '../control-plane/describe-control-plane.ts';
import { createTestNamespace, waitFor } from '../control-plane/test-namespace.ts';
import { MATRIX_PEOPLE, MATRIX_ROLES, type MatrixName, userOf } from '../support/identity/matrix-people.ts';
import { isOwnRequest } from '../support/identity/own-requests.ts';
import { installService, SERVICE_USER, type ServiceIdentity } from '../support/identity/service-account.ts';
import { realTestCluster } from '../support/real-test-cluster.ts';
import { planIdOf, SlackWorld, textOf } from '../support/slack-world.ts';
import { Deployments } from '../support/test-cluster.ts';

/** What becomes of a command: a card, an answer, or a refusal. */
type Verdict = 'card' | 'answer' | 'refused';

const RIGHTS = new URL('./identity-rights.txt', import.meta.url);
const TEAM_GROUP = 'matrix-team';
const KNOWN: readonly MatrixName[] = [
  'viewer',
  'scaler',
  'editor',
  'editorOfBoth',
  'clusterReader',
  'byAddress',
  'withoutRights',
];
const OUTSIDERS: readonly MatrixName[] = ['removed', 'unmapped', 'guest', 'automation'];
const NAMES: readonly MatrixName[] = [...KNOWN, ...OUTSIDERS];

/**
 * The rows of the matrix. Whoever is not named is refused. A new operation is one more line: what is typed, what comes
 * of it for those who may, and who may.
 */
const ROWS: readonly {
  readonly text: (place: { here: string; there: string }) => string;
  readonly gives: Exclude<Verdict, 'refused'>;
  readonly may: readonly MatrixName[];
}[] = [
  { text: ({ here }) => `pods -n ${here}`, gives: 'answer', may: without('withoutRights') },
  { text: ({ here }) => `why deploy/web -n ${here}`, gives: 'answer', may: without('withoutRights') },
  { text: ({ here }) => `logs deploy/web -n ${here}`, gives: 'answer', may: without('withoutRights') },
  { text: ({ there }) => `pods -n ${there}`, gives: 'answer', may: ['editorOfBoth', 'clusterReader'] },
  {
    text: ({ there }) => `logs deploy/web -n ${there}`,
    gives: 'answer',
    may: ['editorOfBoth', 'clusterReader'],
  },
  {
    text: ({ here }) => `scale deploy/web 2 -n ${here}`,
    gives: 'card',
    may: ['scaler', 'editor', 'editorOfBoth', 'byAddress'],
  },
  {
    text: ({ here }) => `restart deploy/web -n ${here}`,
    gives: 'card',
    may: ['editor', 'editorOfBoth', 'byAddress'],
  },
  {
    text: ({ here }) => `rollback deploy/rolled -n ${here}`,
    gives: 'card',
    may: ['editor', 'editorOfBoth', 'byAddress'],
  },
  { text: ({ there }) => `scale deploy/web 2 -n ${there}`, gives: 'card', may: ['editorOfBoth'] },
  { text: ({ there }) => `restart deploy/web -n ${there}`, gives: 'card', may: ['editorOfBoth'] },
];

function without(...refused: readonly MatrixName[]): readonly MatrixName[] {
  return KNOWN.filter((name) => !refused.includes(name));
}

const REFUSED =
  /does not let|may not|not allowed|do not know you|Guests of this workspace|no requests from other apps|no confirmed e-mail/i;

describeOnControlPlane('who may do what, with the rights that the product renders', (controlPlane) => {
  const directory = createTemporaryDirectory();
  let service: ServiceIdentity;
  let slack: SlackWorld;
  let here = '';
  let there = '';
  let deployments: Deployments;

  beforeAll(async () => {
    here = await createTestNamespace(controlPlane(), { prefix: 'here', operable: false });
    there = await createTestNamespace(controlPlane(), { prefix: 'there', operable: false });
    await controlPlane().kubectl(['apply', '--server-side', '-f', '-'], MATRIX_ROLES);
    for (const name of NAMES) await bind(name);
    const users = NAMES.map(userOf).filter((user) => user !== undefined);
    service = await installService(controlPlane(), directory.path, {
      users: [...users, 'matrix:local'],
      groups: [TEAM_GROUP],
    });
    const cluster = { ...realTestCluster(controlPlane(), here), kubeconfigPath: service.kubeconfigPath };
    deployments = new Deployments(cluster);
    const elsewhere = new Deployments(realTestCluster(controlPlane(), there));
    await Promise.all([
      deployments.create('web', 1),
      deployments.create('rolled', 1),
      elsewhere.create('web', 1),
    ]);
    await Promise.all(NAMES.map((name) => deployments.create(deploymentOf(name), 1)));
    await deployments.patch('rolled', {
      spec: { template: { metadata: { annotations: { revision: '2' } } } },
    });
    await waitFor(
      () => deployments.read('rolled'),
      ({ generation, readyReplicas }) => generation === 2 && readyReplicas === 1,
    );
    writePrincipals(NAMES);
    slack = new SlackWorld({
      mode: 'socket',
      cluster,
      people: NAMES.map((name) => ({ slackId: MATRIX_PEOPLE[name].slackId, name: MATRIX_PEOPLE[name].name })),
      environment: { PRINCIPALS_FILE: principalsFile() },
    });
    await slack.start();
    for (const name of NAMES) enter(name);
  }, 120_000);
  afterAll(async () => {
    await slack?.end();
    directory.remove();
  }, 60_000);

  describe('each command', () => {
    it.each(NAMES)('for the %s ends as the table says', async (name) => {
      if (name === 'removed') writePrincipals(NAMES.filter((each) => each !== name));
      const asked = ROWS.map((row) => ({
        row,
        channel: slack.newChannel(),
        text: row.text({ here, there }),
      }));
      for (const { channel, text } of asked) slack.command(channel, MATRIX_PEOPLE[name].slackId, text);
      await slack.settle();
      const verdicts = asked.map(({ channel, text }) => `${text}: ${verdictOf(name, channel)}`);
      const wanted = asked.map(
        ({ row, text }) => `${text}: ${row.may.includes(name) ? row.gives : 'refused'}`,
      );
      expect(verdicts).toEqual(wanted);
    });

    it('has changed nothing by being asked for', () => {
      expect(ours().filter(isEffect)).toEqual([]);
    });

    it('has caused no call at all as those who may not ask', () => {
      const outsiders = OUTSIDERS.map(userOf).filter((user) => user !== undefined);
      expect(
        ours().filter(
          ({ impersonatedUser }) => impersonatedUser !== undefined && outsiders.includes(impersonatedUser),
        ),
      ).toEqual([]);
    });

    it('has been answered to somebody without rights with nothing of the cluster', () => {
      const answered = ours().filter(({ impersonatedUser }) => impersonatedUser === 'nora');
      expect(answered.length).toBeGreaterThan(0);
      expect(answered.filter(({ code }) => code !== 403)).toEqual([]);
    });
  });

  describe('an approval', () => {
    const MAY_APPROVE: readonly MatrixName[] = ['scaler', 'editor', 'editorOfBoth', 'byAddress'];

    it.each(NAMES)('by the %s counts only with the right to make the change', async (name) => {
      const channel = slack.newChannel();
      const target = deploymentOf(name);
      const card = await slack.card(
        channel,
        MATRIX_PEOPLE.editorOfBoth.slackId,
        `scale deploy/${target} 2 -n ${here}`,
      );
      slack.command(channel, MATRIX_PEOPLE[name].slackId, `approve ${planIdOf(card)}`);
      if (MAY_APPROVE.includes(name)) await slack.says(card, /Done, verified, and still well/);
      await slack.settle();
      const effects = effectsOn(target);
      expect(effects.map(({ impersonatedUser }) => impersonatedUser)).toEqual(
        MAY_APPROVE.includes(name) ? ['ida'] : [],
      );
    });

    it('runs as the requester, with their groups, and the cluster says so itself', () => {
      const effects = ours().filter(isEffect);
      expect(effects).toHaveLength(MAY_APPROVE.length);
      for (const effect of effects) {
        expect(effect).toMatchObject({ user: SERVICE_USER, impersonatedUser: 'ida', subresource: 'scale' });
        expect([...effect.impersonatedGroups].sort()).toEqual([TEAM_GROUP, 'system:authenticated']);
      }
    });
  });

  describe('between preview and execution', () => {
    /** A plan of the editor that is approved and held, so that something can change before it starts. */
    async function heldPlan(target: string) {
      await deployments.create(target, 1);
      const channel = slack.newChannel();
      const { editor, editorOfBoth } = MATRIX_PEOPLE;
      const card = await slack.card(channel, editor.slackId, `scale deploy/${target} 2 -n ${here}`);
      slack.command(channel, editorOfBoth.slackId, 'freeze until something has changed');
      await slack.answer(channel, /Frozen\. No new change starts/);
      slack.click(card, editorOfBoth.slackId, 'approve');
      await slack.says(card, /until something has changed/);
      return { card, unfreeze: () => slack.command(channel, editorOfBoth.slackId, 'unfreeze') };
    }

    it('a requester who was taken out of the file stops the plan', async () => {
      const { card, unfreeze } = await heldPlan('left');
      writePrincipals(NAMES.filter((each) => each !== 'removed' && each !== 'editor'));
      unfreeze();
      await slack.says(card, /Eda is not known any more/);
      await slack.settle();
      expect(effectsOn('left')).toEqual([]);
      writePrincipals(NAMES.filter((each) => each !== 'removed'));
    });

    it('a requester who was given other groups stops the plan', async () => {
      const { card, unfreeze } = await heldPlan('regrouped');
      writePrincipals(
        NAMES.filter((each) => each !== 'removed'),
        [],
      );
      unfreeze();
      await slack.says(card, /was given other rights since/);
      await slack.settle();
      expect(effectsOn('regrouped')).toEqual([]);
      writePrincipals(NAMES.filter((each) => each !== 'removed'));
    });

    it('a right that the cluster has taken away stops the plan, and the record says so', async () => {
      const { card, unfreeze } = await heldPlan('revoked');
      await controlPlane().kubectl(['delete', 'rolebinding', 'eda-matrix-editor', '-n', here]);
      await waitFor(
        () =>
          controlPlane()
            .kubectl(['auth', 'can-i', 'patch', 'deployments/scale', '--as=eda', '-n', here])
            .catch(() => 'no'),
        (answer) => answer.startsWith('no'),
      );
      unfreeze();
      await slack.says(card, /Eda may no longer make this change/);
      await slack.settle();
      expect(effectsOn('revoked')).toEqual([]);
      const channel = slack.newChannel();
      slack.command(channel, MATRIX_PEOPLE.editorOfBoth.slackId, `audit ${planIdOf(card)}`);
      await slack.answer(channel, /Eda may no longer make this change/);
    });
  });

  describe('the API server', () => {
    it('has seen every request of the service either as a person of the file or from the fixed list', () => {
      const people = new Set(NAMES.map(userOf));
      const strays = ours().filter((entry) =>
        entry.impersonatedUser === undefined ? !isOwnRequest(entry) : !people.has(entry.impersonatedUser),
      );
      expect(strays.map(({ verb, uri, impersonatedUser }) => ({ verb, uri, impersonatedUser }))).toEqual([]);
      expect(ours().filter((entry) => entry.impersonatedUser !== undefined).length).toBeGreaterThan(50);
    });

    it('has let the service do all of it with the rights that are written down, and no others', async () => {
      expect(await service.rights()).toBe(readFileSync(RIGHTS, 'utf8'));
      expect(
        ours().filter(({ impersonatedUser, code }) => impersonatedUser === undefined && code === 403),
      ).toEqual([]);
    });
  });

  function principalsFile(): string {
    return join(directory.path, 'principals.yaml');
  }

  /** Everybody who is named shares a team, which brings the group. */
  function writePrincipals(named: readonly MatrixName[], groups: readonly string[] = [TEAM_GROUP]): void {
    const team = 'T0EMULATE';
    const mapped = named.flatMap((name) => {
      const { slackId, name: shown } = MATRIX_PEOPLE[name];
      const user = 'user' in MATRIX_PEOPLE[name] ? userOf(name) : undefined;
      return user === undefined
        ? []
        : [{ name: shown, slack: { team, user: slackId }, kubernetes: { user } }];
    });
    const file = {
      people: mapped,
      local: { kubernetes: { user: 'matrix:local' } },
      emails: { team, domains: ['example.com'] },
      groups: {
        everybody: {
          members: [...mapped.map(({ slack: account }) => `${team}/${account.user}`), 'lin@example.com'],
          kubernetes: groups,
        },
      },
    };
    writeFileSync(principalsFile(), JSON.stringify(file));
  }

  function enter(name: MatrixName): void {
    const entry = MATRIX_PEOPLE[name];
    const traits = 'traits' in entry ? entry.traits : {};
    const email = 'email' in entry ? { email: entry.email } : {};
    slack.slack.workspace.addUser(entry.slackId, { name: entry.name, ...traits, ...email });
  }

  async function bind(name: MatrixName): Promise<void> {
    const user = userOf(name);
    for (const [place, role] of Object.entries(MATRIX_PEOPLE[name].roles)) {
      const scope =
        place === '*'
          ? ['clusterrolebinding', `${user}-${role}`]
          : [
              'rolebinding',
              `${user?.split('@')[0]}-${role}`,
              `--namespace=${place === 'here' ? here : there}`,
            ];
      await controlPlane().kubectl(['create', ...scope, `--clusterrole=${role}`, `--user=${user}`]);
    }
  }

  function verdictOf(name: MatrixName, channel: string): Verdict | string {
    const told = slack.slack.ephemerals
      .filter((each) => each.channel === channel && each.user === MATRIX_PEOPLE[name].slackId)
      .map(({ text, blocks }) => `${text} ${JSON.stringify(blocks)}`);
    const said = slack
      .answers(channel)
      .filter(({ blocks }) => blocks.length > 0)
      .map(textOf);
    const all = [...told, ...said].join('\n');
    if (all.trim() === '') return 'silence';
    if (REFUSED.test(all)) return 'refused';
    return /Status:/.test(all) ? 'card' : 'answer';
  }

  const deploymentOf = (name: MatrixName) => `web-${name.toLowerCase()}`;

  const ours = (): readonly AuditedRequest[] =>
    controlPlane()
      .auditLog()
      .filter(({ user }) => user === SERVICE_USER);

  const effectsOn = (target: string) =>
    ours().filter((entry) => entry.name === target && entry.namespace === here && isEffect(entry));
});
