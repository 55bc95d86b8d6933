import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandName } from '@jamie/agents/grammar';
import { createLogger, listSecretValues, systemClock } from '@jamie/runtime';
import { createTemporaryDirectory } from '@jamie/testing';
import { SlackWorld } from '../slack-world.ts';
import { slackSurface } from '../surfaces/slack-surface.ts';
import { terminalSurface } from '../surfaces/terminal-surface.ts';
import { type AdministratorCall, Deployments, type TestCluster } from '../test-cluster.ts';
import { CANARY_COMMANDS, type CanaryNames, commandsInTrouble } from './commands.ts';
import { LeakyProxy } from './leaky-proxy.ts';
import { leakyDeployment, leakyLog, type PlantedCanaries, plantCanaries } from './planted.ts';
import { RecordingApi } from './recording-api.ts';

const PERSON = 'UADA';
const RETRIED_WITHIN_MS = 5_000;
const POLL_MS = 50;
const PLAN_ID = /p-[0-9a-hjkmnp-tv-z]{8}/;
const MERGE = 'application/merge-patch+json';

interface Kubeconfig {
  readonly users: readonly { readonly user: { readonly token: string } }[];
  readonly clusters: readonly {
    readonly name: string;
    readonly cluster: { readonly server: string; readonly 'certificate-authority-data'?: string };
  }[];
}

export interface CanaryRunOptions {
  readonly cluster: TestCluster;
  /** Somebody who may read and change things in its namespace. */
  readonly person: { readonly user: string; readonly groups: readonly string[] };
  /** Whether the cluster has Secrets at all. */
  readonly hasSecrets: boolean;
}

/** The whole program among planted secrets, and everything that came out of it. */
export class CanaryRun {
  readonly planted: PlantedCanaries = plantCanaries();
  /** What stored credentials are sealed with. */
  readonly credentialsKey = randomBytes(32).toString('base64');
  readonly printed: string[] = [];
  readonly logged: string[] = [];
  readonly #options: CanaryRunOptions;
  readonly #directory = createTemporaryDirectory();
  #proxy: LeakyProxy | undefined;
  #world: SlackWorld | undefined;
  #api: RecordingApi | undefined;

  constructor(options: CanaryRunOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { cluster, person } = this.#options;
    const kubeconfig = JSON.parse(readFileSync(cluster.kubeconfigPath, 'utf8')) as Kubeconfig;
    const { server, 'certificate-authority-data': ca } = required(kubeconfig.clusters[0]).cluster;
    const proxy = new LeakyProxy(server, ca && Buffer.from(ca, 'base64').toString('utf8'));
    this.#proxy = proxy;
    proxy.log = leakyLog(this.planted);
    for (const words of ['Back-off pulling image', 'restarting failed container'])
      proxy.replacements.set(words, `${words} (password=${this.planted.podStatus.value})`);
    proxy.tokens.set(this.planted.kubeconfig.value, required(kubeconfig.users[0]).user.token);
    const kubeconfigPath = join(this.#directory.path, 'kubeconfig');
    const clusters = [
      { name: required(kubeconfig.clusters[0]).name, cluster: { server: await proxy.start() } },
    ];
    writeFileSync(kubeconfigPath, JSON.stringify({ ...kubeconfig, clusters }), { mode: 0o600 });
    await this.#plant();
    this.#world = new SlackWorld({
      mode: 'socket',
      cluster: { ...cluster, kubeconfigPath },
      environment: { CLUSTER_CREDENTIALS_KEY: this.credentialsKey },
      local: person,
      people: [{ slackId: PERSON, name: 'Ada', kubernetes: person }],
      createLogger: (config) =>
        createLogger({
          level: 'debug',
          format: 'json',
          clock: systemClock,
          secrets: listSecretValues(config),
          sink: { write: (line) => this.logged.push(line) },
        }),
    });
    await this.#world.start();
    this.#api = new RecordingApi(this.#world.link);
    await this.#api.listen();
  }

  async stop(): Promise<void> {
    this.#api?.close();
    await this.#world?.end();
    await this.#proxy?.stop();
    this.#directory.remove();
  }

  get world(): SlackWorld {
    return required(this.#world);
  }

  get api(): RecordingApi {
    return required(this.#api);
  }

  get proxy(): LeakyProxy {
    return required(this.#proxy);
  }

  /** Every byte that Slack was sent: the arguments of each call, and the files. */
  slackBytes(): readonly string[] {
    const { calls, workspace } = this.world.slack;
    const files = [...workspace.files.values()].map((file) => JSON.stringify(file));
    return [...calls.map((call) => JSON.stringify(call)), ...files];
  }

  /** Types every command on every surface, and once more while the API server is in trouble. */
  async typeEverything(): Promise<void> {
    const slack = slackSurface(this.world, PERSON);
    const terminal = terminalSurface(this.world.dataDirectory);
    const asks = {
      slack: (text: string) => slack.ask(text),
      api: (text: string) => this.api.ask(text),
      terminal: async (text: string) => {
        const shown = await terminal.ask(text);
        this.printed.push(shown);
        return shown;
      },
    };
    const surfaces = Object.entries(asks);
    await Promise.all(surfaces.map(([surface, ask]) => this.#typeAll(`leaky-${surface}`, ask)));
    await this.#typeSentences();
    await this.#register();
    await this.#makeTrouble(asks.api);
    for (const words of ['doctor', 'cluster list', 'audit', 'status --json']) await asks.terminal(words);
    for (const path of ['/v1/status', '/v1/doctor', '/v1/clusters', '/v1/commands', '/metrics', '/readyz'])
      await this.api.call(path);
    await this.world.settle();
  }

  async #typeAll(deployment: string, ask: (text: string) => Promise<string>): Promise<void> {
    const namespace = this.#options.cluster.namespace;
    let planId = 'p-00000000';
    for (const name of Object.keys(CANARY_COMMANDS) as CommandName[]) {
      for (const text of CANARY_COMMANDS[name]({ deployment, namespace, planId }, this.planted)) {
        const shown = await ask(text);
        if (name === 'scale' || name === 'rollback') planId = lastPlanOf(shown) ?? planId;
      }
    }
  }

  async #typeSentences(): Promise<void> {
    const { slack } = this.world;
    const channel = this.world.newChannel();
    const { typedSentence, typedCommand } = this.planted;
    const texts = [
      `why is leaky-slack slow? the token is ${typedSentence.value}`,
      `password=${typedCommand.value}`,
    ];
    for (const text of texts) {
      slack.mention({ user: PERSON, channel, text });
      await this.world.settle();
      await this.api.ask(text, 'sentence');
    }
    const plan = lastPlanOf(
      await this.api.ask(`scale deploy/leaky-api +1 -n ${this.#options.cluster.namespace}`),
    );
    const reason = `use ${this.planted.typedReason.value}`;
    await this.api.call(`/v1/plans/${plan}`);
    await this.api.call(`/v1/plans/${plan}/votes`, { decision: 'deny', reason });
  }

  async #register(): Promise<void> {
    const { kubeconfig, brokenKubeconfig } = this.planted;
    const server = this.proxy.url;
    const whole = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'other', cluster: { server } }],
      users: [{ name: 'other', user: { token: kubeconfig.value } }],
      contexts: [{ name: 'other', context: { cluster: 'other', user: 'other' } }],
    };
    const broken = `users:\n- name: a\n  user: {token: ${brokenKubeconfig.value}\n  x: [`;
    for (const text of [JSON.stringify(whole), broken, `token: ${brokenKubeconfig.value}`]) {
      await this.api.call('/v1/clusters', {
        name: 'other',
        kubeconfig: text,
        kubeContext: 'other',
        apiServer: server,
        environment: 'staging',
      });
    }
    const known = await this.api.call('/v1/clusters');
    if (!known.includes('"registered"'))
      throw new Error(`the cluster was not registered: ${this.api.answers.slice(-4).join('\n')}`);
    await this.api.ask('health --cluster other');
  }

  async #makeTrouble(ask: (text: string) => Promise<string>): Promise<void> {
    const { invalidBody, forbiddenBody, plainBody } = this.planted;
    const status = (code: number, reason: string, message: string) => ({
      status: code,
      contentType: 'application/json',
      body: JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, message, code }),
    });
    const object = `{"env":[{"name":"DB_PASSWORD","value":"${invalidBody.value}"}]}`;
    const troubles = [
      status(
        422,
        'Invalid',
        `Deployment.apps "x" is invalid: spec: Invalid value: ${JSON.stringify(object)}: no`,
      ),
      status(403, 'Forbidden', `denied by webhook: password=${forbiddenBody.value} is too short`),
      { status: 500, contentType: 'text/plain', body: `panic: token=${plainBody.value} at main.go:1` },
    ];
    const names: CanaryNames = {
      deployment: 'leaky-api',
      namespace: this.#options.cluster.namespace,
      planId: 'p-00000000',
    };
    for (const trouble of troubles) {
      this.proxy.answerInstead = (_method, path) =>
        /watch=|\/version|namespaces\?|subjectaccessreviews/.test(path) ? undefined : trouble;
      const answers = commandsInTrouble(names).map((text) => ask(text));
      // What may pass is tried again for a minute; the log shows soon enough what it makes of it.
      if (trouble.status >= 500) await this.#untilRetried(answers.length);
      if (trouble.status >= 500) this.proxy.answerInstead = () => undefined;
      await Promise.all(answers);
    }
    this.proxy.answerInstead = () => undefined;
  }

  async #untilRetried(times: number): Promise<void> {
    const count = () => this.logged.filter((line) => line.includes('a job will be tried again')).length;
    const before = count();
    const deadline = Date.now() + RETRIED_WITHIN_MS;
    while (count() < before + times && Date.now() < deadline) await sleep(POLL_MS);
  }

  async #plant(): Promise<void> {
    const { cluster, hasSecrets } = this.#options;
    const { administrator, namespace } = cluster;
    const core = `/api/v1/namespaces/${namespace}`;
    const create = (path: string, body: unknown) => administrator({ method: 'POST', path, body });
    const deployments = new Deployments(cluster);
    for (const name of ['leaky-slack', 'leaky-api', 'leaky-terminal']) {
      const data = { password: Buffer.from(this.planted.secretData.value).toString('base64') };
      if (hasSecrets) await create(`${core}/secrets`, secretNamed(`${name}-secret`, data));
      await create(`${core}/configmaps`, configMapNamed(`${name}-config`, this.planted.configMap.value));
      await create(
        `/apis/apps/v1/namespaces/${namespace}/deployments`,
        leakyDeployment(name, this.planted, 1, hasSecrets),
      );
      await deployments.until(name, (state) => state.readyReplicas === 2);
      await administrator(patchOf(namespace, name, leakyDeployment(name, this.planted, 2, hasSecrets)));
      await deployments.until(name, (state) => state.generation > 1 && state.readyReplicas === 2);
      await create(`${core}/events`, eventAbout(namespace, name, this.planted.event.value));
    }
  }
}

function lastPlanOf(shown: string): string | undefined {
  return [...shown.matchAll(new RegExp(PLAN_ID, 'g'))].at(-1)?.[0];
}

function patchOf(namespace: string, name: string, body: unknown): AdministratorCall {
  return {
    method: 'PATCH',
    path: `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`,
    body,
    contentType: MERGE,
  };
}

function secretNamed(name: string, data: Readonly<Record<string, string>>): unknown {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, type: 'Opaque', data };
}

function configMapNamed(name: string, password: string): unknown {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { password } };
}

function eventAbout(namespace: string, name: string, secret: string): unknown {
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.leak`, namespace },
    involvedObject: { kind: 'Deployment', namespace, name, apiVersion: 'apps/v1' },
    type: 'Warning',
    reason: 'FailedLogin',
    message: `cannot log in with password=${secret}`,
    count: 1,
    firstTimestamp: now,
    lastTimestamp: now,
    source: { component: 'test' },
  };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the run has not started');
  return value;
}
