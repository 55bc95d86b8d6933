import type { World } from '../controllers/world.ts';
import { writeStatus } from '../controllers/world.ts';
import type { Container, KubeNode, Pod } from '../objects.ts';
import { parseQuantity } from '../quantity.ts';
import { formatTime } from '../time.ts';
import { findUnmountable, resolveEnvironment } from './configuration.ts';
import { type ContainerRecord, type Life, newContainerRecord, type PodRecord } from './container-record.ts';
import { podStatusOf } from './pod-status.ts';
import { probeFailure } from './probe.ts';
import type { ImageCatalog, Program, Run } from './program.ts';
import {
  BACKOFF_MOST_MS,
  backOffMessage,
  backoff,
  formatBackoff,
  placeOf,
  presentMessage,
  pulledMessage,
} from './wording.ts';

const SANDBOX_MS = 150;
const PULL_MS = 900;
const CONFIG_RETRY_MS = 12_000;
const MOUNT_RETRY_MS = 30_000;
const SHUTDOWN_MS = 700;
const LONG_LIFE_MS = 600_000;
const QUIET_AFTER_PROBES = 20;

/** Every node's kubelet: runs the programs of bound pods, and reports what becomes of them. */
export class Kubelet {
  readonly #world: World;
  readonly #catalog: ImageCatalog;
  readonly #pods = new Map<string, PodRecord>();
  /** Images on each node, with the program that was pulled: a deleted tag keeps running where it is present. */
  readonly #images = new Map<string, Program>();
  readonly #addresses = new Map<string, number>();

  constructor(world: World, catalog: ImageCatalog) {
    this.#world = world;
    this.#catalog = catalog;
  }

  /** Takes up a pod that was bound, stops one that is being deleted, and gives one that was resized its new size. */
  sync(pod: Pod): void {
    const { nodeName } = pod.spec;
    if (nodeName === undefined) return;
    const record = this.#pods.get(pod.metadata.uid);
    if (pod.metadata.deletionTimestamp !== undefined) this.#stop(pod, record);
    else if (record === undefined) this.#admit(pod, nodeName);
    else if (pod.status['observedGeneration'] !== pod.metadata.generation) this.#report(record);
  }

  /** Forgets a pod that is gone. */
  forget(uid: string): void {
    const record = this.#pods.get(uid);
    if (record === undefined) return;
    this.#pods.delete(uid);
    for (const name of record.containers.keys()) this.#clearTimers(uid, name);
    this.#world.timers.clear(`pod/${uid}`);
    this.#world.timers.clear(`report/${uid}`);
  }

  /** The present or previous life of a container, or undefined when there was none. */
  life(uid: string, container: string, previous: boolean): Life | undefined {
    const record = this.#pods.get(uid)?.containers.get(container);
    return previous ? record?.previousLife : record?.life;
  }

  #admit(pod: Pod, nodeName: string): void {
    const node = this.#world.store.get('nodes', undefined, nodeName) as KubeNode | undefined;
    const addresses = (node?.status['addresses'] ?? []) as readonly { type: string; address: string }[];
    const serial = (this.#addresses.get(nodeName) ?? 1) + 1;
    this.#addresses.set(nodeName, serial);
    const hostIp = addresses.find(({ type }) => type === 'InternalIP')?.address ?? '10.0.0.1';
    const record: PodRecord = {
      uid: pod.metadata.uid,
      namespace: pod.metadata.namespace ?? '',
      name: pod.metadata.name,
      nodeName,
      hostIp,
      podIp: `10.244.${hostIp.split('.').at(-1)}.${serial % 254}`,
      startedAt: this.#world.now(),
      containers: new Map(pod.spec.containers.map(({ name }) => [name, newContainerRecord()])),
      hasSandbox: false,
      isStopping: false,
    };
    this.#pods.set(record.uid, record);
    this.#report(record);
    this.#later(`pod/${record.uid}`, this.#step(SANDBOX_MS), () => this.#mount(record));
  }

  #mount(record: PodRecord): void {
    const pod = this.#podOf(record);
    if (pod === undefined) return;
    const missing = findUnmountable(this.#world.store, pod);
    if (missing !== undefined) {
      this.#note(
        record,
        'Warning',
        'FailedMount',
        `MountVolume.SetUp failed for volume "${missing.volume}" : ${missing.message}`,
      );
      this.#later(`pod/${record.uid}`, MOUNT_RETRY_MS, () => this.#mount(record));
      return;
    }
    record.hasSandbox = true;
    this.#report(record);
    for (const container of pod.spec.containers) this.#pull(record, container.name);
  }

  #pull(record: PodRecord, name: string): void {
    const { container, state } = this.#containerOf(record, name);
    if (container === undefined) return;
    const { image, imagePullPolicy } = container;
    const present = this.#images.get(`${record.nodeName}|${image}`);
    if (present !== undefined && imagePullPolicy !== 'Always') {
      this.#note(record, 'Normal', 'Pulled', presentMessage(image), name);
      this.#create(record, name, present);
      return;
    }
    this.#note(record, 'Normal', 'Pulling', `Pulling image "${image}"`, name);
    this.#later(`container/${record.uid}/${name}`, this.#step(PULL_MS), () => {
      const program = this.#catalog.find(image);
      if (program === undefined) {
        this.#failPull(record, name, image, state);
        return;
      }
      this.#images.set(`${record.nodeName}|${image}`, program);
      this.#note(record, 'Normal', 'Pulled', pulledMessage(image), name);
      this.#create(record, name, program);
    });
  }

  #failPull(record: PodRecord, name: string, image: string, state: ContainerRecord): void {
    const reason = `failed to pull and unpack image "${image}": failed to resolve image: ${image}: not found`;
    const message = `rpc error: code = NotFound desc = ${reason}`;
    state.state = { waiting: { reason: 'ErrImagePull', message } };
    this.#note(record, 'Warning', 'Failed', `Failed to pull image "${image}": ${message}`, name);
    this.#note(record, 'Warning', 'Failed', 'Error: ErrImagePull', name);
    this.#report(record);
    const backoffMs = backoff(state.pullFailures);
    state.pullFailures += 1;
    const timer = `container/${record.uid}/${name}`;
    this.#later(timer, 2000, () => {
      const text = `Back-off pulling image "${image}"`;
      state.state = { waiting: { reason: 'ImagePullBackOff', message: `${text}: ErrImagePull: ${message}` } };
      this.#note(record, 'Normal', 'BackOff', text, name);
      this.#note(record, 'Warning', 'Failed', 'Error: ImagePullBackOff', name);
      this.#report(record);
      this.#later(timer, backoffMs, () => this.#pull(record, name));
    });
  }

  #create(record: PodRecord, name: string, program: Program): void {
    const { container, state, pod } = this.#containerOf(record, name);
    if (container === undefined || pod === undefined) return;
    const environment = resolveEnvironment(this.#world.store, pod, container);
    if (environment.kind === 'incomplete') {
      this.#awaitConfiguration(record, container, state, environment.message);
      return;
    }
    const limit = container.resources?.limits?.['memory'];
    const memoryLimitBytes = limit === undefined ? undefined : parseQuantity(limit);
    const run = program({
      environment: environment.variables,
      memoryLimitBytes,
      restartCount: state.life === undefined ? 0 : state.restartCount + 1,
    });
    this.#start(record, container, state, withMemory(run, memoryLimitBytes));
  }

  #awaitConfiguration(
    record: PodRecord,
    { name, image }: Container,
    state: ContainerRecord,
    message: string,
  ): void {
    const again = this.#world.replay.repetitions(this.#world.now(), CONFIG_RETRY_MS);
    state.state = { waiting: { reason: 'CreateContainerConfigError', message } };
    this.#note(record, 'Warning', 'Failed', `Error: ${message}`, name, 1 + again);
    if (again > 0) this.#note(record, 'Normal', 'Pulled', presentMessage(image), name, again);
    this.#report(record);
    const retryMs = CONFIG_RETRY_MS * (1 + again);
    this.#later(`container/${record.uid}/${name}`, retryMs, () => this.#pull(record, name));
  }

  #start(record: PodRecord, container: Container, state: ContainerRecord, run: BoundedRun): void {
    const { name } = container;
    const now = this.#world.now();
    if (state.life !== undefined) {
      state.previousLife = state.life;
      state.restartCount += 1;
      state.lastState = state.state.terminated === undefined ? state.lastState : state.state;
    }
    state.life = { run, startedAt: now, scale: 1000 / (this.#world.after(1000) - now) };
    state.containerId = `${this.#world.random.uuid()}${this.#world.random.uuid()}`.replaceAll('-', '');
    state.state = { running: { startedAt: formatTime(now) } };
    state.probeFailures = 0;
    state.ready = container.readinessProbe === undefined;
    this.#note(record, 'Normal', 'Created', `Created container: ${name}`, name);
    this.#note(record, 'Normal', 'Started', `Started container ${name}`, name);
    this.#report(record);
    if (run.exit !== undefined) {
      const { afterMs, code } = run.exit;
      this.#later(`container/${record.uid}/${name}`, afterMs, () =>
        this.#exit(record, name, code, run.isKilled),
      );
    }
    if (container.readinessProbe === undefined) return;
    const delayMs = Math.max((container.readinessProbe.initialDelaySeconds ?? 0) * 1000, run.startupMs);
    this.#later(`probe/${record.uid}/${name}`, this.#step(delayMs), () =>
      this.#probe(record, container, state, run),
    );
  }

  #probe(record: PodRecord, container: Container, state: ContainerRecord, run: Run): void {
    const probe = container.readinessProbe;
    if (probe === undefined) return;
    const failure = probeFailure(probe, container, run, record.podIp);
    if (failure === undefined) {
      state.ready = true;
      this.#report(record);
      return;
    }
    state.probeFailures += 1;
    this.#note(record, 'Warning', 'Unhealthy', `Readiness probe failed: ${failure}`, container.name);
    // The real event recorder stops repeating itself after a burst; so do we.
    const periodMs =
      state.probeFailures < QUIET_AFTER_PROBES ? (probe.periodSeconds ?? 10) * 1000 : BACKOFF_MOST_MS;
    this.#later(`probe/${record.uid}/${container.name}`, periodMs, () =>
      this.#probe(record, container, state, run),
    );
  }

  #exit(record: PodRecord, name: string, code: number, isKilled: boolean): void {
    const { state, pod } = this.#containerOf(record, name);
    if (pod === undefined || state.life === undefined) return;
    const now = this.#world.now();
    const { startedAt } = state.life;
    this.#world.timers.clear(`probe/${record.uid}/${name}`);
    state.life = { ...state.life, endedAt: now };
    state.ready = false;
    state.crashes = now - startedAt > LONG_LIFE_MS ? 1 : state.crashes + 1;
    state.state = {
      terminated: {
        exitCode: code,
        reason: isKilled ? 'OOMKilled' : code === 0 ? 'Completed' : 'Error',
        startedAt: formatTime(startedAt),
        finishedAt: formatTime(now),
        containerID: `containerd://${state.containerId}`,
      },
    };
    this.#report(record);
    const policy = pod.spec.restartPolicy ?? 'Always';
    if (policy === 'Always' || (policy === 'OnFailure' && code !== 0)) this.#restart(record, name, state);
  }

  #restart(record: PodRecord, name: string, state: ContainerRecord): void {
    const timer = `container/${record.uid}/${name}`;
    if (state.crashes === 1) {
      this.#later(timer, 1000, () => this.#pull(record, name));
      return;
    }
    const waitMs = backoff(state.crashes - 2);
    this.#later(timer, 1000, () => {
      state.lastState = state.state;
      state.state = {
        waiting: {
          reason: 'CrashLoopBackOff',
          message: `back-off ${formatBackoff(waitMs)} restarting failed container=${name} pod=${placeOf(record)}`,
        },
      };
      const skippedMs = this.#skipCrashes(record, name, state, waitMs);
      this.#note(record, 'Warning', 'BackOff', backOffMessage(record, name), name);
      this.#report(record);
      this.#later(timer, skippedMs + waitMs, () => this.#pull(record, name));
    });
  }

  /** Once the back-off grows no more, one crash is like the next: those of the past are only counted. */
  #skipCrashes(record: PodRecord, name: string, state: ContainerRecord, waitMs: number): number {
    const { life } = state;
    const { container } = this.#containerOf(record, name);
    if (waitMs < BACKOFF_MOST_MS || life?.endedAt === undefined || container === undefined) return 0;
    const roundMs = waitMs + 1000 + life.endedAt - life.startedAt;
    const again = this.#world.replay.repetitions(this.#world.now(), roundMs);
    if (again === 0) return 0;
    state.restartCount += again;
    state.crashes += again;
    this.#note(record, 'Normal', 'Pulled', presentMessage(container.image), name, again);
    this.#note(record, 'Normal', 'Created', `Created container: ${name}`, name, again);
    this.#note(record, 'Normal', 'Started', `Started container ${name}`, name, again);
    this.#note(record, 'Warning', 'BackOff', backOffMessage(record, name), name, again);
    return again * roundMs;
  }

  #stop(pod: Pod, record: PodRecord | undefined): void {
    if (record?.isStopping === true) return;
    if (record === undefined) {
      this.#world.store.remove('pods', pod);
      return;
    }
    record.isStopping = true;
    for (const [name, state] of record.containers) {
      this.#clearTimers(record.uid, name);
      if (state.state.running === undefined) continue;
      this.#note(record, 'Normal', 'Killing', `Stopping container ${name}`, name);
    }
    const graceMs = (pod.metadata.deletionGracePeriodSeconds ?? 30) * 1000;
    this.#later(`pod/${record.uid}`, Math.min(SHUTDOWN_MS, graceMs), () => {
      const last = this.#podOf(record);
      if (last !== undefined) this.#world.store.remove('pods', last);
    });
  }

  #report(record: PodRecord): void {
    if (!this.#isUnseen()) {
      this.#writeStatus(record);
      return;
    }
    const soon = this.#world.now() + 1;
    this.#world.timers.set(`report/${record.uid}`, soon, () => this.#writeStatus(record));
  }

  /** How long a step of a pod's start takes: no time where nobody can see it. */
  #step(durationMs: number): number {
    return this.#isUnseen() ? 0 : durationMs;
  }

  #isUnseen(): boolean {
    return this.#world.replay.isUnseen(this.#world.now());
  }

  #writeStatus(record: PodRecord): void {
    const pod = this.#podOf(record);
    if (pod === undefined) return;
    writeStatus(this.#world, pod, podStatusOf(pod, record, this.#world.now()), 'kubelet');
  }

  #podOf(record: PodRecord): Pod | undefined {
    const pod = this.#world.store.get('pods', record.namespace, record.name) as Pod | undefined;
    return pod?.metadata.uid === record.uid ? pod : undefined;
  }

  #containerOf(
    record: PodRecord,
    name: string,
  ): { readonly container?: Container; readonly state: ContainerRecord; readonly pod?: Pod } {
    const pod = this.#podOf(record);
    const container = pod?.spec.containers.find((item) => item.name === name);
    const state = record.containers.get(name) ?? newContainerRecord();
    return {
      state,
      ...(pod === undefined ? {} : { pod }),
      ...(container === undefined ? {} : { container }),
    };
  }

  #note(
    record: PodRecord,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    container?: string,
    times = 1,
  ): void {
    const pod = this.#podOf(record);
    if (pod === undefined) return;
    const note = {
      type,
      reason,
      message,
      component: 'kubelet',
      host: record.nodeName,
      ...(container === undefined ? {} : { fieldPath: `spec.containers{${container}}` }),
    };
    this.#world.events.record(pod, note, times);
  }

  #later(timer: string, durationMs: number, run: () => void): void {
    this.#world.timers.set(timer, this.#world.after(durationMs), run);
  }

  #clearTimers(uid: string, container: string): void {
    this.#world.timers.clear(`container/${uid}/${container}`);
    this.#world.timers.clear(`probe/${uid}/${container}`);
  }
}

type BoundedRun = Run & { readonly isKilled: boolean };

/** A run that needs more memory than its limit is killed by the kernel before it listens. */
function withMemory(run: Run, limitBytes: number | undefined): BoundedRun {
  if (limitBytes === undefined || run.memoryBytes <= limitBytes) return { ...run, isKilled: false };
  return { ...run, exit: { afterMs: run.startupMs + 2000, code: 137 }, isKilled: true };
}
