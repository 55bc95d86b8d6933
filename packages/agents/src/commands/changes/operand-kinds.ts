import { DELETABLE_KINDS, type Kind } from '@jamie/core';
import type { JoinableIntent } from '../../grammar/parse-together.ts';

/** A change of one object that is named. */
export type OperandIntent = JoinableIntent;
export type OperandCommand = OperandIntent['kind'];

/** What a command can be about. */
export interface OperandKinds {
  /** Without a kind in the words, these are looked through one group after the other. */
  readonly groups: readonly (readonly Kind[])[];
  /** Kinds that have to be named with the object. */
  readonly onlyNamed?: readonly Kind[];
  /** As in "I pause Deployments". */
  readonly said: string;
}

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;
const OF_WORKLOADS: OperandKinds = {
  groups: [WORKLOADS],
  said: 'I change Deployments, StatefulSets and DaemonSets',
};
const OF_NODES: OperandKinds = { groups: [['Node']], said: 'That is for nodes' };
const OF_CRON_JOBS: OperandKinds = { groups: [['CronJob']], said: 'That is for CronJobs' };
const OF_MARKED: OperandKinds = {
  groups: [WORKLOADS, ['Service'], ['Pod'], ['Node'], ['ConfigMap']],
  onlyNamed: DELETABLE_KINDS,
  said: 'I label and annotate workloads, pods, nodes and what I may delete',
};

/** The kinds that each command takes. */
export const OPERAND_KINDS: Readonly<Record<OperandCommand, OperandKinds>> = {
  scale: OF_WORKLOADS,
  restart: OF_WORKLOADS,
  rollback: OF_WORKLOADS,
  image: OF_WORKLOADS,
  resize: { groups: [WORKLOADS, ['Pod']], said: 'I resize Deployments, StatefulSets, DaemonSets and pods' },
  pause: { groups: [['Deployment']], said: 'Only the rollout of a Deployment can be paused' },
  resume: { groups: [['Deployment'], ['CronJob']], said: 'Only Deployments and CronJobs can be resumed' },
  suspend: OF_CRON_JOBS,
  run: OF_CRON_JOBS,
  rerun: { groups: [['Job']], said: 'That is for Jobs' },
  cordon: OF_NODES,
  uncordon: OF_NODES,
  drain: OF_NODES,
  autoscale: {
    groups: [['HorizontalPodAutoscaler'], WORKLOADS],
    said: 'That is for autoscalers, and for the workloads that they scale',
  },
  delete: {
    groups: [],
    onlyNamed: ['Pod', ...DELETABLE_KINDS],
    said: 'I delete workloads, pods, Jobs, CronJobs, Services, ConfigMaps, Ingresses, network policies, autoscalers, disruption budgets and volume claims',
  },
  label: OF_MARKED,
  annotate: OF_MARKED,
};

/** Whether a command takes a kind at all. */
export function takesKind({ groups, onlyNamed = [] }: OperandKinds, kind: Kind): boolean {
  return onlyNamed.includes(kind) || groups.some((group) => group.includes(kind));
}
