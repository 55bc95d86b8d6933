import { Agent, request } from 'node:https';
import type { Clusters } from '@jamie/core';
import { type ControlPlane, startControlPlane } from '../control-plane/control-plane.ts';
import { createTestNamespace } from '../control-plane/test-namespace.ts';
import { REAL_PEOPLE, realTestCluster } from '../support/real-test-cluster.ts';
import { SlackWorld } from '../support/slack-world.ts';
import { Deployments } from '../support/test-cluster.ts';
import type { Benchmark, Measurement } from './benchmark.ts';

const WARM_UP_CYCLES = 2;
const CYCLES = 22;
const ADA = 'UADA';
const BOB = 'UBOB';
const DONE = /Done, verified, and still well/;
/** Verification is not what is measured: as short as it can be, so that the next sample starts in peace. */
const TIMING = { VERIFY_READY_MS: '0', WATCH_SCALE: '0' };
const PEER = 'the three calls made raw (SAR, dry-run patch, patch)';
const PEER_READ = 'one raw GET of the Deployment';

/**
 * B7: from a click on Approve until the API server has answered the write, through the emulated Slack and the whole
 * program, against the calls that it cannot do without; and a question against one read. In A B B A order.
 */
export const approveBenchmark: Benchmark = {
  name: 'approve',
  async run() {
    const controlPlane = await startControlPlane();
    try {
      return await measureOn(controlPlane);
    } finally {
      await controlPlane.stop();
    }
  },
};

interface Subjects {
  readonly approve: () => Promise<number>;
  readonly approveRaw: () => Promise<number>;
  readonly read: () => Promise<number>;
  readonly readRaw: () => Promise<number>;
}

async function measureOn(controlPlane: ControlPlane): Promise<readonly Measurement[]> {
  const namespace = await createTestNamespace(controlPlane);
  const cluster = realTestCluster(controlPlane, namespace);
  const deployments = new Deployments(cluster);
  for (const name of ['ours', 'raw']) await deployments.create(name, 1);
  const applied = new Applied();
  const world = new SlackWorld({
    mode: 'socket',
    cluster,
    people: [
      { slackId: ADA, name: 'Ada', kubernetes: REAL_PEOPLE.requester },
      { slackId: BOB, name: 'Bob', kubernetes: REAL_PEOPLE.approver },
    ],
    environment: TIMING,
    wrap: { clusters: (clusters) => applied.watch(clusters) },
  });
  await world.start();
  const raw = new RawCalls(controlPlane, namespace);
  try {
    return await measure({ ...ourSubjects(world, applied, namespace), ...raw.subjects() });
  } finally {
    raw.close();
    await world.end();
  }
}

async function measure(subjects: Subjects): Promise<readonly Measurement[]> {
  const [approve, approveRaw] = await alternate(subjects.approve, subjects.approveRaw);
  const [read, readRaw] = await alternate(subjects.read, subjects.readRaw);
  return [
    compared('approve click to applied', approve, PEER, approveRaw, [1.5, 2]),
    compared('question to answer posted', read, PEER_READ, readRaw, [1.3, undefined]),
  ].flat();
}

/** Samples of both, in A B B A order, after a warm-up that is thrown away. */
async function alternate(
  ours: () => Promise<number>,
  peer: () => Promise<number>,
): Promise<readonly [readonly number[], readonly number[]]> {
  const samples: [number[], number[]] = [[], []];
  for (let cycle = -WARM_UP_CYCLES; cycle < CYCLES; cycle += 1) {
    for (const side of [0, 1, 1, 0] as const) {
      const durationMs = await (side === 0 ? ours() : peer());
      if (cycle >= 0) samples[side].push(durationMs);
    }
  }
  return samples;
}

function ourSubjects(
  world: SlackWorld,
  applied: Applied,
  namespace: string,
): Pick<Subjects, 'approve' | 'read'> {
  let replicas = 1;
  return {
    async approve() {
      replicas += 1;
      const card = await world.card(world.newChannel(), ADA, `scale deploy/ours ${replicas} -n ${namespace}`);
      const answered = applied.next();
      const startedAt = performance.now();
      world.click(card, BOB, 'approve');
      const durationMs = (await answered) - startedAt;
      await world.says(card, DONE);
      return durationMs;
    },
    async read() {
      const channel = world.newChannel();
      const startedAt = performance.now();
      world.slack.mention({ user: ADA, channel, text: `why deploy/raw -n ${namespace}` });
      await world.answer(channel, /raw/);
      const durationMs = performance.now() - startedAt;
      await world.settle();
      return durationMs;
    },
  };
}

/** Tells when the program's writer has its answer from the API server. */
class Applied {
  #tell: (at: number) => void = () => undefined;

  next(): Promise<number> {
    return new Promise((resolve) => {
      this.#tell = resolve;
    });
  }

  watch(clusters: Clusters): Clusters {
    return {
      list: () => clusters.list(),
      connect: (name) => {
        const { info, reader, writer, snapshots } = clusters.connect(name);
        const send: typeof writer.send = async (...parameters) => {
          const object = await writer.send(...parameters);
          this.#tell(performance.now());
          return object;
        };
        return { info, reader, snapshots, writer: { dryRun: (...given) => writer.dryRun(...given), send } };
      },
    };
  }
}

/** What anybody has to send at least, on one connection that stays open, as the same service user. */
class RawCalls {
  readonly #controlPlane: ControlPlane;
  readonly #deployment: string;
  readonly #namespace: string;
  readonly #agent: Agent;
  #replicas = 1;

  constructor(controlPlane: ControlPlane, namespace: string) {
    this.#controlPlane = controlPlane;
    this.#namespace = namespace;
    this.#deployment = `/apis/apps/v1/namespaces/${namespace}/deployments/raw`;
    this.#agent = new Agent({ keepAlive: true, maxSockets: 1, ca: controlPlane.caData });
  }

  subjects(): Pick<Subjects, 'approveRaw' | 'readRaw'> {
    return {
      approveRaw: () => timed(() => this.#change()),
      readRaw: () => timed(() => this.#send('GET', this.#deployment)),
    };
  }

  close(): void {
    this.#agent.destroy();
  }

  async #change(): Promise<void> {
    this.#replicas += 1;
    const attributes = { namespace: this.#namespace, verb: 'patch', group: 'apps', resource: 'deployments' };
    const { user, groups } = REAL_PEOPLE.requester;
    const kind = 'SubjectAccessReview';
    const spec = { user, groups, resourceAttributes: { ...attributes, subresource: 'scale', name: 'raw' } };
    const review = { apiVersion: 'authorization.k8s.io/v1', kind, spec };
    await this.#send('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', review);
    const patch = [{ op: 'replace', path: '/spec/replicas', value: this.#replicas }];
    await this.#send('PATCH', `${this.#deployment}/scale?dryRun=All`, patch);
    await this.#send('PATCH', `${this.#deployment}/scale`, patch);
  }

  #send(method: string, path: string, body?: unknown): Promise<void> {
    const { url, userTokens } = this.#controlPlane;
    const { user, groups } = REAL_PEOPLE.requester;
    const isPatch = method === 'PATCH';
    const headers = {
      authorization: `Bearer ${userTokens.jamie}`,
      'content-type': isPatch ? 'application/json-patch+json' : 'application/json',
      ...(isPatch && { 'impersonate-user': user, 'impersonate-group': [...groups] }),
    };
    return new Promise((resolve, reject) => {
      const outgoing = request(new URL(path, url), { method, headers, agent: this.#agent }, (answer) => {
        const { statusCode = 0 } = answer;
        answer.resume().on('end', () => {
          if (statusCode < 300) resolve();
          else reject(new Error(`${method} ${path} was answered ${statusCode}`));
        });
      });
      outgoing.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function compared(
  name: string,
  ours: readonly number[],
  peer: string,
  theirs: readonly number[],
  bars: readonly [number | undefined, number | undefined],
): readonly Measurement[] {
  return ([0.5, 0.99] as const).flatMap((share, index) => {
    const [value, floor] = [percentile(ours, share), percentile(theirs, share)];
    const ratio = value / floor;
    const bar = bars[index];
    const title = `p${share * 100}`;
    return [
      {
        figure: `${name}, ${title}`,
        value,
        unit: 'ms',
        peer,
        ratio,
        ...(bar !== undefined && { bar: `<= ${bar}x`, met: ratio <= bar }),
      },
      { figure: `${peer}, ${title}`, value: floor, unit: 'ms' },
    ];
  });
}

/** Nearest rank. */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
