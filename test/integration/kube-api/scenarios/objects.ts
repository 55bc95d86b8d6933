/** Objects that the scenarios make. */
export const NAMESPACE = 'default';
export const CONFIG_MAPS = `/api/v1/namespaces/${NAMESPACE}/configmaps`;
export const DEPLOYMENTS = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`;
export const REPLICA_SETS = `/apis/apps/v1/namespaces/${NAMESPACE}/replicasets`;
export const PODS = `/api/v1/namespaces/${NAMESPACE}/pods`;

export function configMap(name: string, labels: Readonly<Record<string, string>> = {}): unknown {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels }, data: { colour: 'blue' } };
}

export function podTemplate(app: string, image = 'registry.example/shop/web:1.0.0'): unknown {
  return {
    metadata: { labels: { app } },
    spec: { containers: [{ name: 'web', image, resources: { requests: { cpu: '10m' } } }] },
  };
}

export function deployment(
  name: string,
  replicas: number,
  more: Readonly<Record<string, unknown>> = {},
): unknown {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: { app: name } },
    spec: { replicas, selector: { matchLabels: { app: name } }, template: podTemplate(name), ...more },
  };
}

/** As a person, through jamie. */
export function impersonating(
  user: string,
  ...groups: readonly string[]
): Readonly<Record<string, string | readonly string[]>> {
  return { 'impersonate-user': user, ...(groups.length > 0 && { 'impersonate-group': groups }) };
}
