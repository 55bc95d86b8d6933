import type { ConfigMapView } from '@jamie/core';

/** Sidecars find ConfigMaps by these labels, and no pod names them: Grafana, Prometheus and Fluentd charts. */
const LABELS = ['grafana_dashboard', 'grafana_datasource', 'prometheus_rule', 'fluentd_config'] as const;
/** Leader election of older clients keeps its lease here; Helm keeps releases. */
const RECORDS = ['control-plane.alpha.kubernetes.io/leader', 'OWNER'] as const;

/** Whether something reads a ConfigMap although no pod names it. */
export function isLoadedByLabel({ labels }: ConfigMapView): boolean {
  return [...LABELS, ...RECORDS].some((label) => Object.hasOwn(labels, label));
}
