export interface KubeconfigParts {
  readonly server: string;
  readonly context?: string;
  readonly user?: Readonly<Record<string, unknown>>;
  readonly cluster?: Readonly<Record<string, unknown>>;
}

/** A kubeconfig with one context. JSON is YAML. */
export function kubeconfigText(parts: KubeconfigParts): string {
  const { server, context = 'test', user = { token: 'canary-token' }, cluster = {} } = parts;
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    clusters: [{ name: 'c', cluster: { server, ...cluster } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: context, context: { cluster: 'c', user: 'u' } }],
  });
}
