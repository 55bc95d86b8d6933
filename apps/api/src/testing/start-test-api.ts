import type { Clusters, Directory } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { createMetrics, systemClock } from '@jamie/runtime';
import type { ApiOptions } from '../api-options.ts';
import { createApi } from '../create-api.ts';
import { type HttpAnswer, type HttpCall, httpCall } from './http-call.ts';

export const TEST_TOKEN = 'a-test-token-of-enough-characters';

/** A running API on a free loopback port, and calls on it. */
export interface TestApi {
  readonly url: string;
  readonly openUrl: string;
  /** With the token. */
  call(call: HttpCall & { readonly json?: unknown }): Promise<HttpAnswer>;
  /** Exactly as given. */
  raw(call: HttpCall): Promise<HttpAnswer>;
  stop(): Promise<void>;
}

const clusters: Clusters = {
  list: () => [{ name: 'demo', environment: 'demo', server: 'http://127.0.0.1:1', source: 'demo' }],
  connect() {
    throw new OpsError('not_found', 'no cluster here');
  },
};

const directory: Directory = {
  localPerson: {
    id: 'local',
    displayName: 'Ada',
    kubernetes: { user: 'jamie:local', groups: ['jamie-operators'] },
    source: 'local',
  },
  automation: undefined,
  findSlackPerson: () => undefined,
  mapsEmailsOf: () => false,
  refresh: async () => undefined,
};

type Given = Pick<ApiOptions, 'desk' | 'logger' | 'ids'> & { readonly dataDir: string };

/** Starts the real API over the given doubles. */
export async function startTestApi(given: Given, overrides: Partial<ApiOptions> = {}): Promise<TestApi> {
  const { dataDir, ...doubles } = given;
  const api = createApi({
    config: {
      dataDir,
      api: { host: '127.0.0.1', port: 0, token: TEST_TOKEN, allowedHosts: ['jamie.example.com'] },
    },
    clusters,
    directory,
    checks: [],
    metrics: createMetrics(),
    clock: systemClock,
    ...doubles,
    ...overrides,
  });
  const { url, openUrl } = await api.start();
  return {
    url,
    openUrl,
    raw: (call) => httpCall(url, call),
    call({ json, headers, ...call }) {
      const type = json === undefined ? {} : { 'content-type': 'application/json' };
      return httpCall(url, {
        ...call,
        headers: { authorization: `Bearer ${TEST_TOKEN}`, ...type, ...headers },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      });
    },
    stop: () => api.stop(),
  };
}
