export interface DeploymentState {
  readonly replicas: number;
  /** Grows by one with each change of the spec; 1 after creation. */
  readonly generation: number;
  readonly readyReplicas: number;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** One request of the administrator. */
export type Administer = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** What the body of an administrator's request is. */
export function contentTypeOf(method: string): string {
  return method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
}

/** Creates, reads and deletes Deployments as the administrator, over the wire that every API server speaks. */
export function deploymentsOf(namespace: string, administer: Administer) {
  const collection = `/apis/apps/v1/namespaces/${namespace}/deployments`;
  const send: Administer = async (method, path, body) => {
    const answer = await administer(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer;
  };
  return {
    async create(name: string, replicas: number): Promise<void> {
      await send('POST', collection, deployment(name, replicas));
    },
    async read(name: string): Promise<DeploymentState> {
      const { text } = await send('GET', `${collection}/${name}`);
      const object = JSON.parse(text) as {
        metadata: { generation: number };
        spec: { replicas: number };
        status?: { readyReplicas?: number };
      };
      return {
        replicas: object.spec.replicas,
        generation: object.metadata.generation,
        readyReplicas: object.status?.readyReplicas ?? 0,
      };
    },
    async delete(name: string): Promise<void> {
      await send('DELETE', `${collection}/${name}?propagationPolicy=Background`);
    },
  };
}

/** A Deployment of one container that becomes ready. `podSpec`: what else its pods ask for. */
export function deployment(name: string, replicas: number, podSpec: object = {}) {
  const labels = { app: name };
  const container = {
    name: 'web',
    image: 'registry.example/shop/web:1.0.0',
    resources: { requests: { cpu: '1m', memory: '1Mi' } },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container], ...podSpec } },
    },
  };
}
