import type { ContainerView, PodView } from '@jamie/core';
import { isFailing } from './failing-container.ts';

/** Why a container was taken. `initialising`: the pod has not come further than this init container. */
export type ContainerReason = 'named' | 'crashing' | 'initialising' | 'only' | 'first';

/** The container whose log is meant, and the pod's others. */
export type ContainerChoice =
  | {
      readonly kind: 'chosen';
      readonly reason: ContainerReason;
      readonly container: ContainerView;
      readonly others: readonly ContainerView[];
    }
  /** It has none of the name. `containers` is empty when the pod reports none at all yet. */
  | { readonly kind: 'unknown'; readonly containers: readonly ContainerView[] };

/**
 * Containers that stand beside a program rather than being it, as the common meshes, log shippers and proxies name
 * them. Only the order of preference depends on it.
 */
const SIDECAR =
  /^(?:istio-proxy|linkerd-proxy|envoy|consul-(?:connect|dataplane)|kuma-sidecar|daprd|fluent-?bit|fluentd|filebeat|vector|promtail|vault-agent|cloud-?sql-?proxy|datadog-agent|oauth2?-proxy|config-reloader|otel-collector|jaeger-agent|nginx-proxy|xray-daemon)$|-(?:sidecar|proxy|exporter|agent|reloader)$/;

/**
 * Chooses the container to read: the one named; else the one that keeps ending; else the init container at which the
 * pod stands; else the only one; else the first that is no sidecar.
 */
export function chooseContainer(pod: PodView, takenAt: number, named?: string): ContainerChoice {
  const { containers } = pod;
  const choose = (container: ContainerView, reason: ContainerReason): ContainerChoice => ({
    kind: 'chosen',
    reason,
    container,
    others: containers.filter((other) => other !== container),
  });
  if (named !== undefined) {
    const found = containers.find(({ name }) => name === named);
    return found === undefined ? { kind: 'unknown', containers } : choose(found, 'named');
  }
  const failing = containers.find((container) => isFailing(container, takenAt));
  if (failing !== undefined) return choose(failing, containers.length === 1 ? 'only' : 'crashing');
  const main = containers.filter(({ isInit }) => !isInit);
  const standing = containers.find(({ isInit, state }) => isInit && state.kind === 'running');
  const hasStarted = main.some(({ state }) => state.kind === 'running' || state.kind === 'terminated');
  if (standing !== undefined && !hasStarted) return choose(standing, 'initialising');
  const [first] = main;
  if (first === undefined) return { kind: 'unknown', containers };
  if (main.length === 1) return choose(first, 'only');
  return choose(main.find(({ name }) => !SIDECAR.test(name)) ?? first, 'first');
}
