import type { Administer, DeploymentState } from './deployments.ts';

/** A write that reached the API server, as its own log tells it. Dry runs are left out. */
interface SentWrite {
  readonly verb: string;
  /** HTTP status of the answer. */
  readonly code: number;
}

/** A write of the program under test, whomever it acted for. */
export interface NamedWrite extends SentWrite {
  /** Plural, with its subresource: `pods/eviction`. */
  readonly resource: string;
  readonly name: string;
}

interface Person {
  readonly user: string;
  readonly groups: readonly string[];
}

/** An API server that trials change things on, and that outlives every process under test. */
export interface Backend {
  readonly name: 'demo' | 'real';
  readonly namespace: string;
  /** Who asks in Slack, as Kubernetes knows them. */
  readonly person: Person;
  /** Who else may approve. */
  readonly approvers: readonly Person[];
  /** Writes a kubeconfig with one context, `test`, for this server or for a proxy in front of it. */
  kubeconfig(port?: number): string;
  readonly port: number;
  /** One request of the administrator, whatever its answer; a PATCH is a merge patch. */
  readonly administer: Administer;
  createDeployment(name: string, replicas: number): Promise<void>;
  readDeployment(name: string): Promise<DeploymentState>;
  deleteDeployment(name: string): Promise<void>;
  /** Every write to this Deployment or its scale after its creation. */
  writesTo(name: string): Promise<readonly SentWrite[]>;
  /** Every write of the program to objects of this trial, in the order in which they arrived. */
  writesOf(trial: string): Promise<readonly NamedWrite[]>;
  /** Deletes an image from its registry; absent where no container really runs. */
  deleteImage?(image: string): void;
  /** Lets a running pod end well, where nobody else does. */
  endPod(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Whether an object belongs to a trial: it has the trial's name, or begins with it and a dash. */
export function isOfTrial(trial: string, name: string | undefined): boolean {
  return name === trial || name?.startsWith(`${trial}-`) === true;
}
