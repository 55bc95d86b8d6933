import { type ApiOptions, createApi } from '@jamie/api';
import type { Desk } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { createLogger, createMetrics, loadDirectory, randomIds, systemClock } from '@jamie/runtime';

/** The real API over the given desk, on a free port, with its address in the data directory. */
export async function startApi(dataDir: string, desk: Desk, overrides: Partial<ApiOptions> = {}) {
  const api = createApi({
    config: { dataDir, api: { host: '127.0.0.1', port: 0, allowedHosts: [] } },
    desk,
    clusters: {
      list: () => [{ name: 'demo', environment: 'demo', server: 'http://127.0.0.1:1', source: 'demo' }],
      connect() {
        throw new OpsError('not_found', 'no cluster here');
      },
    },
    directory: await loadDirectory(),
    checks: [],
    logger: createLogger({ level: 'silent', format: 'json', clock: systemClock }),
    metrics: createMetrics(),
    clock: systemClock,
    ids: randomIds,
    ...overrides,
  });
  const { url } = await api.start();
  return { url, stop: () => api.stop() };
}
