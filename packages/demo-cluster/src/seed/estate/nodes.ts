import type { Manifest } from '../manifests.ts';
import { MINUTES_PER_DAY, type Step } from '../scenario.ts';

const CREATED_DAYS_AGO = 62;

/** Kept for the pictures of the shop: a worker that can be drained without a fault getting worse. */
const MEDIA_POOL = { key: 'pool', value: 'media', effect: 'NoSchedule' };
const CONTROL_PLANE = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' };

/** One control plane node and five workers, all healthy. `now` dates their heartbeats. */
export function nodeSteps(now: number): readonly Step[] {
  const workers = [1, 2, 3, 4].map((index) => node(`demo-worker-${index}`, index + 1, now));
  const media = node('demo-worker-5', 6, now, MEDIA_POOL);
  return [
    {
      minutesAgo: CREATED_DAYS_AGO * MINUTES_PER_DAY,
      apply: [node('demo-control-plane', 1, now, CONTROL_PLANE), ...workers, media],
    },
  ];
}

interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

function node(name: string, serial: number, now: number, taint?: Taint): Manifest {
  const role = taint === undefined ? {} : { [taint.key]: taint.value ?? '' };
  const size = { cpu: '4', memory: '16374176Ki', pods: '110', 'ephemeral-storage': '101430960Ki' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'topology.kubernetes.io/region': 'eu-central',
        'topology.kubernetes.io/zone': `eu-central-${'abc'.charAt(serial % 3)}`,
        ...role,
      },
    },
    spec: {
      podCIDR: `10.244.${serial}.0/24`,
      ...(taint === undefined ? {} : { taints: [taint] }),
    },
    status: {
      addresses: [
        { type: 'InternalIP', address: `172.18.0.${serial + 1}` },
        { type: 'Hostname', address: name },
      ],
      capacity: size,
      allocatable: { ...size, cpu: '3920m', memory: '15350Mi' },
      conditions: conditionsOf(now),
      nodeInfo: {
        architecture: 'amd64',
        containerRuntimeVersion: 'containerd://2.2.1',
        kernelVersion: '6.12.57',
        kubeletVersion: 'v1.36.3',
        operatingSystem: 'linux',
        osImage: 'Debian GNU/Linux 13 (trixie)',
      },
    },
  };
}

function conditionsOf(now: number): readonly object[] {
  const since = new Date(now - CREATED_DAYS_AGO * MINUTES_PER_DAY * 60_000);
  const heartbeat = new Date(now);
  const format = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;
  const times = { lastHeartbeatTime: format(heartbeat), lastTransitionTime: format(since) };
  const pressure = (type: string, reason: string, message: string): object => ({
    type,
    status: 'False',
    ...times,
    reason,
    message,
  });
  return [
    pressure('MemoryPressure', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
    pressure('DiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
    pressure('PIDPressure', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
    {
      type: 'Ready',
      status: 'True',
      ...times,
      reason: 'KubeletReady',
      message: 'kubelet is posting ready status',
    },
  ];
}
