import type { LabelSelectorView } from './label-selector.ts';

/** Who a process runs as and what it may do, as far as it was said. */
export interface SecurityView {
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly addedCapabilities: readonly string[];
}

export interface ContainerPortView {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
}

/** What a probe asks. `port` is a number or the name of a port; empty for a command. */
export interface ProbeView {
  readonly port: string;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly initialDelaySeconds: number;
  readonly failureThreshold: number;
}

export interface ContainerSpecView {
  readonly name: string;
  readonly image: string;
  readonly isInit: boolean;
  readonly pullPolicy: string;
  readonly ports: readonly ContainerPortView[];
  /** Quantities as written. */
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
  readonly probes: {
    readonly readiness?: ProbeView;
    readonly liveness?: ProbeView;
    readonly startup?: ProbeView;
  };
  /** Undefined where the container says nothing about it. */
  readonly security?: SecurityView;
}

export interface TolerationView {
  /** Empty for every key. */
  readonly key: string;
  readonly operator: 'Equal' | 'Exists';
  readonly value: string;
  /** Empty for every effect. */
  readonly effect: string;
}

/** Pods that a pod must not, or must, share a node or zone with. Preferences are left out: they keep nothing waiting. */
export interface PodAffinityView {
  readonly kind: 'together' | 'apart';
  readonly topologyKey: string;
  readonly selector: LabelSelectorView;
}

/** A spread that keeps pods waiting (DoNotSchedule). */
export interface TopologySpreadView {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly selector: LabelSelectorView;
}

/** What a pod template says. The pods of one template share it. */
export interface PodSpecView {
  readonly serviceAccount: string;
  /** Undefined where it leaves the decision to its ServiceAccount. */
  readonly mountsToken?: boolean;
  readonly pullSecrets: readonly string[];
  readonly hostNetwork: boolean;
  readonly hostPid: boolean;
  readonly hostIpc: boolean;
  readonly restartPolicy: string;
  readonly priorityClass: string;
  readonly schedulingGates: readonly string[];
  readonly tolerations: readonly TolerationView[];
  readonly affinity: readonly PodAffinityView[];
  readonly spread: readonly TopologySpreadView[];
  /** Undefined where the pod says nothing about it. */
  readonly security?: SecurityView;
  readonly containers: readonly ContainerSpecView[];
  /** The ConfigMaps that it uses, those included that it can start without. */
  readonly configMaps: readonly ConfigMapUse[];
}

/** Part of a ConfigMap that a pod uses: one key, or all of it where no key is named. */
export interface ConfigMapUse {
  readonly name: string;
  readonly key?: string;
}
