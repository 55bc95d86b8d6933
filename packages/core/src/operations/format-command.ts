import type { Kind } from '../kubernetes/kinds.ts';
import { formatObjectRef } from '../kubernetes/object-ref.ts';
import type { DirectOperation, OperationOf, OperationRequest } from './operation-request.ts';

/** How kinds are typed in commands. */
export const SHORT_KINDS: Readonly<Partial<Record<Kind, string>>> = {
  Deployment: 'deploy',
  StatefulSet: 'sts',
  DaemonSet: 'ds',
  ReplicaSet: 'rs',
  Pod: 'pod',
  Node: 'node',
  Job: 'job',
  CronJob: 'cronjob',
  Service: 'svc',
  ConfigMap: 'cm',
  Ingress: 'ing',
  NetworkPolicy: 'netpol',
  HorizontalPodAutoscaler: 'hpa',
  PodDisruptionBudget: 'pdb',
  PersistentVolumeClaim: 'pvc',
};

/** An object as it is typed in a command: `deploy/checkout`. Every kind that can be named has one spelling in what we offer. */
export function typedName({ kind, name }: { readonly kind: Kind; readonly name: string }): string {
  return `${SHORT_KINDS[kind] ?? kind.toLowerCase()}/${name}`;
}

/**
 * The command that asks for this operation, exactly as a person would type it after /jamie. Manifests cannot be typed:
 * `apply` names the objects that they hold.
 */
export function formatCommand(operation: OperationRequest): string {
  if (operation.kind === 'undo') return `undo ${operation.planId}`;
  if (operation.kind === 'several') return operation.operations.map(formatDirect).join(' then ');
  return formatDirect(operation);
}

function formatDirect(operation: DirectOperation): string {
  if (operation.kind === 'apply') return formatApply(operation);
  const place = 'namespace' in operation.target ? ` -n ${operation.target.namespace}` : '';
  return `${wordsOf(operation).join(' ')}${place}`;
}

function wordsOf(operation: Exclude<DirectOperation, { kind: 'apply' }>): readonly string[] {
  return [VERBS[operation.kind] ?? operation.kind, typedName(operation.target), ...parametersOf(operation)];
}

/** Operations whose command has another name. */
const VERBS: Readonly<Partial<Record<DirectOperation['kind'], string>>> = {
  set_image: 'image',
  delete_pod: 'delete',
  unsuspend: 'resume',
  run_cron_job: 'run',
  rerun_job: 'rerun',
};

function parametersOf(operation: DirectOperation): readonly string[] {
  switch (operation.kind) {
    case 'scale':
      return [String(operation.replicas)];
    case 'rollback':
      return option('--to', operation.toRevision);
    case 'set_image':
      return [operation.image, ...option('-c', operation.container)];
    case 'resize':
      return [...option('-c', operation.container), ...formatAmounts(operation)];
    case 'autoscale':
      return formatBounds(operation);
    case 'label':
      return formatMarks(operation.labels);
    case 'annotate':
      return formatMarks(operation.annotations);
    default:
      return [];
  }
}

function formatApply({ manifests }: OperationOf<'apply'>): string {
  const objects = manifests.map(({ kind, metadata }) => {
    const { name, namespace } = metadata as { name: string; namespace?: string };
    return formatObjectRef({
      kind: String(kind) as Kind,
      ...(namespace !== undefined && { namespace }),
      name,
    });
  });
  return `apply ${objects.join(', ')}`;
}

/** What a container asks for and may use, as a command takes it: `--cpu 200m --limit-memory 1Gi`. */
export function formatAmounts({
  requests = {},
  limits = {},
}: Pick<OperationOf<'resize'>, 'requests' | 'limits'>): readonly string[] {
  return [
    ...option('--cpu', requests.cpu),
    ...option('--memory', requests.memory),
    ...option('--limit-cpu', limits.cpu),
    ...option('--limit-memory', limits.memory),
  ];
}

/** The bounds of an autoscaler, as a command takes them: `--min 2 --max 9`. */
export function formatBounds({
  minReplicas,
  maxReplicas,
}: Pick<OperationOf<'autoscale'>, 'minReplicas' | 'maxReplicas'>): readonly string[] {
  return [...option('--min', minReplicas), ...option('--max', maxReplicas)];
}

function option(name: string, value: string | number | undefined): readonly string[] {
  return value === undefined ? [] : [name, String(value)];
}

/** Labels or annotations as a command takes them: `team=payments`, `note="two words"`, `old-`. */
export function formatMarks(marks: Readonly<Record<string, string | null>>): readonly string[] {
  return Object.entries(marks).map(([key, value]) =>
    value === null ? `${key}-` : `${key}=${quoted(value)}`,
  );
}

/** Beyond ASCII only escapes: phones and Slack change the quotes and dashes that people type. */
function quoted(value: string): string {
  if (/^[\w.:/@-]*$/.test(value)) return value;
  return JSON.stringify(value).replaceAll(/[^\x20-\x7e]/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
