import type { CommandName } from '@jamie/agents/grammar';
import type { PlantedCanaries } from './planted.ts';

/** What a command may name: the Deployment with the secrets, and the plan that was shown last. */
export interface CanaryNames {
  readonly deployment: string;
  readonly namespace: string;
  readonly planId: string;
}

type Typed = (names: CanaryNames, planted: PlantedCanaries) => readonly string[];

const on = ({ deployment, namespace }: CanaryNames) => `deploy/${deployment} -n ${namespace}`;

/** What is typed of each command, in an order in which plans exist before they are decided. None may be missing. */
export const CANARY_COMMANDS: Readonly<Record<CommandName, Typed>> = {
  help: () => ['help', 'help logs'],
  thanks: () => ['thanks'],
  status: () => ['status'],
  doctor: () => ['doctor'],
  clusters: () => ['clusters'],
  whoami: () => ['whoami'],
  health: ({ namespace }) => [`health ${namespace}`, 'health', 'health --lint'],
  why: (names, { typedCommand }) => [
    `why ${on(names)}`,
    'why checkout -n payments',
    'why promotions',
    `why ${on(names)} --lint`,
    `why checkout password=${typedCommand.value}`,
  ],
  ask: (names, { typedSentence }) => [`ask is ${names.deployment} well? use ${typedSentence.value}`],
  pods: (names) => ['pods --unhealthy', `pods ${on(names)}`, `pods -n ${names.namespace} --unhealthy`],
  logs: (names, { typedCommand, logLogfmt }) => [
    `logs ${on(names)}`,
    `logs ${on(names)} --previous`,
    `logs ${on(names)} --grep password --since 10m`,
    `logs ${on(names)} --grep token=${typedCommand.value}`,
    `logs ${on(names)} --grep ${logLogfmt.value.slice(0, 6)}`,
    `logs ${on(names)} --follow 3s`,
  ],
  events: (names) => [
    'events checkout -n payments',
    `events ${on(names)}`,
    `events -n ${names.namespace} --warnings`,
  ],
  top: ({ namespace }) => [`top -n ${namespace}`, 'top nodes'],
  detections: (_names, { typedCommand }) => [
    'detections',
    'detections CHK-POD-101',
    `detections password=${typedCommand.value}`,
  ],
  diff: (names) => [`diff ${on(names)}`, `diff ${on(names)} --from 1 --to 2`],
  rollback: (names) => [`rollback ${on(names)} --to 1`],
  plan: ({ planId }) => ['plan', `plan ${planId}`],
  edit: ({ planId }, { typedReason }) => [`edit ${planId} revision=${typedReason.value}`],
  deny: ({ planId }, { typedReason }) => [`deny ${planId} because ${typedReason.value}`],
  scale: (names) => [`scale ${on(names)} +1`],
  approve: ({ planId }, { typedReason }) => [`approve ${planId} because ${typedReason.value}`],
  undo: ({ planId }) => [`undo ${planId}`],
  restart: (names) => [`restart ${on(names)}`],
  image: (names) => [`image ${on(names)} registry.k8s.io/pause:3.99`],
  resize: (names) => [`resize ${on(names)} --limit-memory 128Mi`],
  autoscale: (names) => [`autoscale ${on(names)} --max 6`],
  pause: (names) => [`pause ${on(names)}`],
  resume: (names) => [`resume ${on(names)}`],
  suspend: () => ['suspend cronjob/nobodys'],
  run: () => ['run cronjob/nobodys'],
  rerun: () => ['rerun job/nobodys'],
  cordon: () => ['cordon node/nobodys'],
  uncordon: () => ['uncordon node/nobodys'],
  drain: () => ['drain node/nobodys'],
  delete: (names) => [`delete ${on(names)}`],
  label: (names) => [`label ${on(names)} team=shop`],
  annotate: (names, { typedCommand }) => [`annotate ${on(names)} password=${typedCommand.value}`],
  apply: ({ namespace }, { typedCommand }) => [
    `apply -n ${namespace}\n\`\`\`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {password: ${typedCommand.value}}\`\`\``,
  ],
  several: (names) => [`pause ${on(names)} then label ${on(names)} team=shop`],
  stop: () => ['stop'],
  freeze: (_names, { typedReason }) => [`freeze until token ${typedReason.value} is changed`],
  unfreeze: () => ['unfreeze'],
  'break-glass': (_names, { typedReason }) => [`break-glass p-4k7d2m9q token ${typedReason.value} is out`],
  review: () => ['review'],
  delegate: () => ['delegate'],
  replay: ({ planId }) => [`replay ${planId}`],
  healing: () => ['healing', 'healing h-4k7d2m9q'],
  close: (_names, { typedReason }) => [`close h-4k7d2m9q because ${typedReason.value}`],
  audit: () => ['audit', 'audit verify'],
  use: ({ namespace }) => [`use -n ${namespace}`, 'use --clear'],
};

/** What is typed once more while the API server answers with errors that hold secrets. */
export function commandsInTrouble(names: CanaryNames): readonly string[] {
  return [
    `why ${on(names)}`,
    `logs ${on(names)}`,
    `scale ${on(names)} +1`,
    `restart ${on(names)}`,
    `rollback ${on(names)} --to 1`,
    `diff ${on(names)}`,
    `top -n ${names.namespace}`,
  ];
}
