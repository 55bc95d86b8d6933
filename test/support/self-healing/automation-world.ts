import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HealingCase, PlanRecord, Remediation } from '@jamie/core';
import type { PortWrappers } from '@jamie/standalone';
import { createTemporaryDirectory, RecordingLogger } from '@jamie/testing';
import { type AuditedRequest, isEffect } from '../../control-plane/audit-log.ts';
import type { ControlPlane } from '../../control-plane/control-plane.ts';
import { createTestNamespace, waitFor } from '../../control-plane/test-namespace.ts';
import { Bench } from '../../remedies/bench.ts';
import { workload } from '../../remedies/manifests.ts';
import { SERVICE_USER } from '../identity/service-account.ts';
import { ADA } from '../loop-world.ts';
import { REAL_PEOPLE, realTestCluster } from '../real-test-cluster.ts';
import { SlackWorld } from '../slack-world.ts';

/** As whom faults are healed: the user of the example files. */
export const SELF_HEALER = 'jamie-scarlet:self-healing';
export const MINUTE_MS = 60_000;
/**
 * So late that whoever rolled out has had their time and every fault is old enough, and so early that a crash is no
 * thing of the past: ten minutes after the last one it is.
 */
export const LATE_MS = 8 * MINUTE_MS;
const WITHIN_MS = 60_000;
const POLL_MS = 100;
/** So many ready pods beside the broken ones that no remedy is about a large share of its namespace. */
const BALLAST = 12;

/** What the policy lets happen in one namespace; `undefined`: at the nodes. */
export interface HealedPlace {
  readonly namespace: string | undefined;
  readonly remediation: Remediation;
  readonly level?: 'suggest' | 'act';
  readonly attempts?: number;
}

export interface AutomationWorldOptions {
  readonly controlPlane: ControlPlane;
  /** Of the service, with the rights that the product renders for it. */
  readonly kubeconfigPath: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly wrap?: PortWrappers;
}

/** The whole program on a real API server, as a user of its own that RBAC limits. */
export class AutomationWorld {
  readonly slack: SlackWorld;
  readonly channel: string;
  readonly #controlPlane: ControlPlane;
  readonly #directory = createTemporaryDirectory();
  readonly #logger = new RecordingLogger();

  constructor({ controlPlane, kubeconfigPath, environment, wrap }: AutomationWorldOptions) {
    this.#controlPlane = controlPlane;
    this.slack = new SlackWorld({
      mode: 'socket',
      cluster: { ...realTestCluster(controlPlane, 'default'), kubeconfigPath },
      people: [{ slackId: ADA, name: 'Ada', kubernetes: REAL_PEOPLE.requester }],
      selfHealing: { user: SELF_HEALER, groups: [] },
      environment: { POLICY_FILE: this.#policyFile, ...environment },
      createLogger: () => this.#logger,
      ...(wrap !== undefined && { wrap }),
    });
    this.channel = this.slack.newChannel();
  }

  /** A namespace with healthy neighbours, in which the healer has the rights of the example unless told otherwise. */
  async createPlace(prefix: string, mayHeal = true): Promise<Bench> {
    const namespace = await createTestNamespace(this.#controlPlane, { prefix });
    if (mayHeal) await this.grant(namespace);
    const bench = this.bench(namespace);
    await bench.create(workload('Deployment', 'ballast', { replicas: BALLAST }));
    await bench.untilWhole('Deployment', 'ballast');
    return bench;
  }

  bench(namespace: string): Bench {
    const { administrator, kubeconfigPath } = realTestCluster(this.#controlPlane, namespace);
    const { requester, approver, stranger } = REAL_PEOPLE;
    const cluster = {
      name: 'real' as const,
      kubeconfigPath,
      people: [requester, approver, stranger] as const,
      administrator,
      sharedNodes: {},
      createNamespace: async () => undefined,
      letOperate: async () => undefined,
      writes: () => [],
      stop: async () => undefined,
    };
    return new Bench(cluster, namespace);
  }

  async grant(namespace: string): Promise<void> {
    const role = ['--clusterrole=jamie-self-healing', `--user=${SELF_HEALER}`, `--namespace=${namespace}`];
    await this.#controlPlane.kubectl(['create', 'rolebinding', 'self-healing', ...role]);
    await this.#untilMay(namespace, 'yes');
  }

  async revoke(namespace: string): Promise<void> {
    await this.#controlPlane.kubectl(['delete', 'rolebinding', 'self-healing', `--namespace=${namespace}`]);
    await this.#untilMay(namespace, 'no');
  }

  async #untilMay(namespace: string, answer: 'yes' | 'no'): Promise<void> {
    const question = [
      'auth',
      'can-i',
      'patch',
      'deployments',
      `--as=${SELF_HEALER}`,
      `--namespace=${namespace}`,
    ];
    await waitFor(
      // kubectl ends with 1 where the answer is no.
      () => this.#controlPlane.kubectl(question).catch(() => 'no'),
      (said) => said.trim() === answer,
    );
  }

  /** The policy of the team; `frozen`: a namespace in which it freezes all changes. */
  writePolicy(places: readonly HealedPlace[], frozen?: string): void {
    const reportTo = [`slack:${this.slack.slack.workspace.teamId}:${this.channel}`];
    const autonomy = places.map(({ namespace, remediation, level = 'act', attempts = 2 }) => ({
      ...(namespace === undefined ? { nodes: true } : { namespaces: [namespace] }),
      level,
      remediations: [remediation],
      rolloutWaitMinutes: 3,
      attempts,
      reportTo,
    }));
    const freezes =
      frozen === undefined
        ? []
        : [
            {
              name: 'year-end',
              from: '2020-01-01T00:00:00Z',
              until: '2100-01-01T00:00:00Z',
              when: `"${frozen}" in namespaces`,
            },
          ];
    writeFileSync(this.#policyFile, JSON.stringify({ version: 1, name: 'healing', autonomy, freezes }));
  }

  /** Begins so much later than it is, and waits until nothing is left to see but the faults. */
  start(aheadMs: number): Promise<void> {
    return this.slack.start(aheadMs);
  }

  /** Ends the program and starts it on the same data, so much later than it is. */
  async restart(aheadMs: number): Promise<void> {
    await this.slack.stopProgram();
    await this.slack.startProgram(aheadMs);
  }

  /** Waits until the case of a namespace, or of the nodes, has come so far. */
  async untilCase(
    namespace: string | undefined,
    isSo: (healingCase: HealingCase) => boolean,
    withinMs = WITHIN_MS,
  ): Promise<HealingCase> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const found = this.caseIn(namespace);
      if (found !== undefined && isSo(found)) return found;
      if (performance.now() > deadline)
        throw new Error(`the case in ${namespace ?? 'no namespace'} stayed ${this.#describe(found)}`);
      await sleep(POLL_MS);
    }
  }

  caseIn(namespace: string | undefined): HealingCase | undefined {
    const cases = this.#read<HealingCase>('SELECT record FROM healing_cases');
    return cases.find(({ subject }) => subject.namespace === namespace);
  }

  /** The plans that were made by themselves for a case, oldest first. */
  plansOf({ id }: Pick<HealingCase, 'id'>): readonly PlanRecord[] {
    const plans = this.#read<PlanRecord>('SELECT record FROM plans ORDER BY sequence');
    return plans.filter(({ plan }) => plan.healing?.caseId === id);
  }

  async untilPlan(planId: string, isSo: (record: PlanRecord) => boolean): Promise<PlanRecord> {
    return waitFor(
      async () => this.#read<PlanRecord>('SELECT record FROM plans WHERE id = ?', planId)[0],
      (record) => record !== undefined && isSo(record),
      WITHIN_MS,
    ).then((record) => record as PlanRecord);
  }

  /** What the program changed in a namespace, or at the nodes, as the API server recorded it. */
  effectsIn(namespace: string | undefined): readonly AuditedRequest[] {
    return this.asked().filter((entry) => entry.namespace === namespace && isEffect(entry));
  }

  /** Every request of the program, as the API server recorded it. */
  asked(): readonly AuditedRequest[] {
    return this.#controlPlane.auditLog().filter(({ user }) => user === SERVICE_USER);
  }

  async end(): Promise<void> {
    await this.slack.end();
    this.#directory.remove();
  }

  get #policyFile(): string {
    return join(this.#directory.path, 'policy.yaml');
  }

  #read<Kept>(sql: string, ...values: readonly string[]): readonly Kept[] {
    const path = join(this.slack.dataDirectory, 'jamie.db');
    const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    try {
      // Written by the product itself.
      return database
        .prepare(sql)
        .all(...values)
        .map((row) => JSON.parse(String(row['record'])) as Kept);
    } finally {
      database.close();
    }
  }

  #describe(found: HealingCase | undefined): string {
    const plans =
      found === undefined ? [] : this.plansOf(found).map(({ status, reason }) => ({ status, reason }));
    const logged = this.#logger.entries.filter(({ level }) => level === 'warn' || level === 'error');
    return JSON.stringify({ found, plans, logged });
  }
}
