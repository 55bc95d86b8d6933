/**
 * What becomes of a pod that has been bound to a simulated node. Its fate follows from what the pod itself says, so
 * that the change that would heal it on a real node heals it here, and nothing in it names the fault:
 * - an image tag that starts with `missing` cannot be pulled; one that starts with `crash` ends with exit code 1, one
 *   that starts with `segfault` with 139; a command under `/missing/` cannot be started;
 * - a liveness probe on a port that the container does not open has it restarted;
 * - a pod that is not restarted ends well where its image tag starts with `once`, and fails where it starts with `crash`;
 * - a container whose environment asks for more memory (`CACHE_SIZE_MIB`) than its limit is killed for it;
 * - a readiness probe on a port that the container does not open, or an image tag that ends in `-unready`, fails;
 * - a pod that needs a ConfigMap or a Secret waits for the condition PodReadyToStartContainers (see config-map-gate.ts).
 */
interface Stage {
  readonly name: string;
  readonly phase?: 'Pending' | 'Running';
  readonly fates?: readonly Fate[];
  /** Further selectors: a jq expression and the values that it may have. */
  readonly when?: readonly { readonly key: string; readonly in: readonly string[] }[];
  readonly delayMs?: number;
  readonly next: Readonly<Record<string, unknown>>;
}

type Fate =
  | 'config'
  | 'pull'
  | 'done'
  | 'failed'
  | 'no-start'
  | 'crash'
  | 'segfault'
  | 'oom'
  | 'killed'
  | 'unready'
  | 'ready';
/** Fates in which a container ends, waits and begins again. */
const DOOMED: readonly Fate[] = ['no-start', 'crash', 'segfault', 'oom', 'killed'];

const NEEDS_CONFIGURATION = `(([.spec.volumes[]? | select(.configMap != null and .configMap.optional != true)] | length) > 0
  or ([.spec.containers[] | (.envFrom[]? | .configMapRef, .secretRef), (.env[]? | .valueFrom.configMapKeyRef, .valueFrom.secretKeyRef)
      | select(. != null and .optional != true)] | length) > 0)`;
const MAY_START = `([.status.conditions[]? | select(.type == "PodReadyToStartContainers" and .status == "True")] | length) > 0`;
const MEBIBYTES = `(if endswith("Gi") then (rtrimstr("Gi") | tonumber) * 1024
  elif endswith("Mi") then (rtrimstr("Mi") | tonumber) else 1048576 end)`;
const OVER_LIMIT = `(.spec.containers | any((.resources.limits.memory // "1048576Mi" | ${MEBIBYTES}) as $limit
  | any(.env[]?; .name == "CACHE_SIZE_MIB" and (.value | tonumber) > $limit)))`;
const probeMisses = (
  probe: string,
) => `(.spec.containers | any((.${probe}.httpGet.port // .${probe}.tcpSocket.port) as $port
  | ($port | type) == "number" and ([.ports[]? | .containerPort] | index($port)) == null))`;
const tagStartsWith = (word: string) => `(.spec.containers | any(.image | test(":${word}[^/]*$")))`;
const ENDS = '(.spec.restartPolicy != null and .spec.restartPolicy != "Always")';

const FATE = `if ${NEEDS_CONFIGURATION} and (${MAY_START} | not) then "config"
  elif ${tagStartsWith('missing')} then "pull"
  elif ${ENDS} and ${tagStartsWith('once')} then "done"
  elif .spec.restartPolicy == "Never" and ${tagStartsWith('crash')} then "failed"
  elif (.spec.containers | any((.command // [])[0] // "" | startswith("/missing/"))) then "no-start"
  elif ${tagStartsWith('crash')} then "crash"
  elif ${tagStartsWith('segfault')} then "segfault"
  elif ${OVER_LIMIT} then "oom"
  elif ${probeMisses('livenessProbe')} then "killed"
  elif ${probeMisses('readinessProbe')} or (.spec.containers | any(.image | test("-unready$"))) then "unready"
  else "ready" end`.replaceAll(/\s+/g, ' ');

const NOT_FOUND = 'rpc error: code = NotFound desc = failed to pull and unpack image %q: %s: not found';
const WAITING_REASON = '.status.containerStatuses[0].state.waiting.reason // "none"';
const IS_RUNNING = 'if .status.containerStatuses[0].state.running != null then "yes" else "no" end';

/** Templates: the head that every status shares, conditions, and one container's status. */
const SETUP = '{{ $now := Now }}{{ $pod := . }}';

function conditions(ready: boolean): string {
  const why = ready
    ? ''
    : ', reason: ContainersNotReady, message: "containers with unready status: [{{ range $i, $c := .spec.containers }}{{ if $i }} {{ end }}{{ $c.name }}{{ end }}]"';
  const status = ready ? 'True' : 'False';
  return `conditions:
- { type: PodReadyToStartContainers, status: "True", lastTransitionTime: {{ $now | Quote }} }
- { type: Initialized, status: "True", lastTransitionTime: {{ $now | Quote }} }
- { type: Ready, status: "${status}", lastTransitionTime: {{ $now | Quote }}${why} }
- { type: ContainersReady, status: "${status}", lastTransitionTime: {{ $now | Quote }}${why} }
`;
}

const ADDRESSES = `startTime: {{ $now | Quote }}
{{ with NodeIPsWith .spec.nodeName }}
hostIP: {{ index . 0 | Quote }}
hostIPs: [{ ip: {{ index . 0 | Quote }} }]
{{ end }}
{{ with PodIPsWith .spec.nodeName false ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) }}
podIP: {{ index . 0 | Quote }}
podIPs: [{ ip: {{ index . 0 | Quote }} }]
{{ end }}
`;

interface ContainerText {
  readonly ready: boolean;
  readonly started: boolean;
  readonly state: string;
  readonly restartCount?: string;
  readonly lastState?: string;
  readonly isPulled?: boolean;
}

function containers({
  ready,
  started,
  state,
  restartCount = '0',
  lastState,
  isPulled = true,
}: ContainerText): string {
  return `containerStatuses:
{{ range $i, $c := .spec.containers }}
{{ $before := dict }}
{{ if $pod.status.containerStatuses }}{{ $before = index $pod.status.containerStatuses $i }}{{ end }}
- name: {{ $c.name | Quote }}
  image: {{ $c.image | Quote }}
  imageID: ${isPulled ? '{{ printf "%s@sha256:%s" $c.image ( $c.image | sha256sum ) | Quote }}' : '""'}
  ${isPulled ? 'containerID: {{ printf "containerd://%s" ( printf "%s/%s" $pod.metadata.uid $c.name | sha256sum ) | Quote }}' : ''}
  ready: ${ready}
  started: ${started}
  restartCount: ${restartCount}
  state: ${state}
  ${lastState === undefined ? '' : `lastState: ${lastState}`}
{{ end }}
`;
}

const BACK_OFF = { type: 'Warning', reason: 'BackOff', message: 'Back-off restarting failed container' };
const KILLING = {
  type: 'Warning',
  reason: 'Killing',
  message: 'Container web failed liveness probe, will be restarted',
};

const RUNNING = '{ running: { startedAt: {{ $now | Quote }} } }';

function waiting(reason: string, message: string): string {
  return `{ waiting: { reason: ${reason}, message: {{ ${message} | Quote }} } }`;
}

/** How a container ends, again and again; `event` is what the kubelet reports. */
function crash(name: string, fate: Fate, reason: string, exitCode: number, event = BACK_OFF): Stage {
  const terminated = `{ terminated: { exitCode: ${exitCode}, reason: ${reason}, startedAt: {{ $before.state.running.startedAt | Quote }}, finishedAt: {{ $now | Quote }} } }`;
  const backOff = waiting(
    'CrashLoopBackOff',
    'printf "back-off 10s restarting failed container=%s pod=%s_%s(%s)" $c.name $pod.metadata.name $pod.metadata.namespace $pod.metadata.uid',
  );
  return {
    name,
    phase: 'Running',
    fates: [fate],
    when: [{ key: IS_RUNNING, in: ['yes'] }],
    delayMs: 1_000,
    next: {
      event,
      statusTemplate: `${SETUP}${containers({ ready: false, started: false, state: backOff, restartCount: '{{ add $before.restartCount 1 }}', lastState: terminated })}`,
    },
  };
}

/** A pod that runs once and ends. */
function end(name: string, fate: Fate, phase: string, reason: string, exitCode: number): Stage {
  const terminated = `{ terminated: { exitCode: ${exitCode}, reason: ${reason}, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }} } }`;
  return {
    name,
    phase: 'Pending',
    fates: [fate],
    delayMs: 1_000,
    next: {
      event: { type: 'Normal', reason: 'Started', message: 'Started container' },
      statusTemplate: `${SETUP}phase: ${phase}\n${conditions(false)}${ADDRESSES}${containers({ ready: false, started: false, state: terminated })}`,
    },
  };
}

const STAGES: readonly Stage[] = [
  {
    name: 'pod-starts',
    phase: 'Pending',
    fates: ['ready'],
    next: {
      event: { type: 'Normal', reason: 'Started', message: 'Started container' },
      statusTemplate: `${SETUP}phase: Running\n${conditions(true)}${ADDRESSES}${containers({ ready: true, started: true, state: RUNNING })}`,
    },
  },
  {
    name: 'pod-never-ready',
    phase: 'Pending',
    fates: ['unready'],
    next: {
      event: {
        type: 'Warning',
        reason: 'Unhealthy',
        message: 'Readiness probe failed: dial tcp: connect: connection refused',
      },
      statusTemplate: `${SETUP}phase: Running\n${conditions(false)}${ADDRESSES}${containers({ ready: false, started: true, state: RUNNING })}`,
    },
  },
  {
    name: 'pod-pull-fails',
    phase: 'Pending',
    fates: ['pull'],
    when: [{ key: WAITING_REASON, in: ['none'] }],
    next: {
      event: { type: 'Warning', reason: 'Failed', message: 'Error: ErrImagePull' },
      statusTemplate: `${SETUP}phase: Pending\n${conditions(false)}${ADDRESSES}${containers({
        ready: false,
        started: false,
        isPulled: false,
        state: waiting('ErrImagePull', `printf "${NOT_FOUND}" $c.image $c.image`),
      })}`,
    },
  },
  {
    name: 'pod-pull-backs-off',
    phase: 'Pending',
    fates: ['pull'],
    when: [{ key: WAITING_REASON, in: ['ErrImagePull'] }],
    delayMs: 1_000,
    next: {
      event: { type: 'Warning', reason: 'Failed', message: 'Error: ImagePullBackOff' },
      statusTemplate: `${SETUP}${containers({
        ready: false,
        started: false,
        isPulled: false,
        // The kubelet repeats why the last pull failed.
        state: waiting(
          'ImagePullBackOff',
          `printf "Back-off pulling image %q: ErrImagePull: ${NOT_FOUND}" $c.image $c.image $c.image`,
        ),
      })}`,
    },
  },
  {
    name: 'pod-starts-doomed',
    phase: 'Pending',
    fates: DOOMED,
    next: {
      event: { type: 'Normal', reason: 'Started', message: 'Started container' },
      statusTemplate: `${SETUP}phase: Running\n${conditions(false)}${ADDRESSES}${containers({ ready: false, started: true, state: RUNNING })}`,
    },
  },
  crash('pod-crashes', 'crash', 'Error', 1),
  crash('pod-runs-out-of-memory', 'oom', 'OOMKilled', 137),
  crash('pod-cannot-start', 'no-start', 'StartError', 128),
  crash('pod-segfaults', 'segfault', 'Error', 139),
  crash('pod-is-killed-by-its-probe', 'killed', 'Error', 137, KILLING),
  end('pod-ends-well', 'done', 'Succeeded', 'Completed', 0),
  end('pod-fails', 'failed', 'Failed', 'Error', 1),
  {
    name: 'pod-restarts',
    phase: 'Running',
    fates: DOOMED,
    when: [{ key: WAITING_REASON, in: ['CrashLoopBackOff'] }],
    delayMs: 4_000,
    next: {
      event: { type: 'Normal', reason: 'Started', message: 'Started container' },
      statusTemplate: `${SETUP}${containers({ ready: false, started: true, state: RUNNING, restartCount: '{{ $before.restartCount }}', lastState: '{{ $before.lastState | toJson }}' })}`,
    },
  },
];

function toStage({ name, phase, fates, when = [], delayMs, next }: Stage): unknown {
  const wanted = [
    ...(phase === undefined ? [] : [{ key: '.status.phase', in: [phase] }]),
    ...(fates === undefined ? [] : [{ key: FATE, in: fates }]),
    ...when,
  ];
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name },
    spec: {
      resourceRef: { apiGroup: 'v1', kind: 'Pod' },
      selector: {
        matchExpressions: [
          { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' },
          ...wanted.map((selector) => ({ key: selector.key, operator: 'In', values: selector.in })),
        ],
      },
      ...(delayMs !== undefined && { delay: { durationMilliseconds: delayMs } }),
      next,
    },
  };
}

/** A pod that is being deleted goes at once: nothing runs that would need a grace period. */
const POD_DELETE = {
  apiVersion: 'kwok.x-k8s.io/v1alpha1',
  kind: 'Stage',
  metadata: { name: 'pod-delete' },
  spec: {
    resourceRef: { apiGroup: 'v1', kind: 'Pod' },
    selector: { matchExpressions: [{ key: '.metadata.deletionTimestamp', operator: 'Exists' }] },
    next: { finalizers: { empty: true }, delete: true },
  },
};

/** The stages of pods, for kwok's configuration file. */
export function podStages(): readonly unknown[] {
  return [...STAGES.map(toStage), POD_DELETE];
}
