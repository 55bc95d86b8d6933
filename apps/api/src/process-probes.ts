import { type Clock, toOpsError } from '@jamie/core';
import type { Hono } from 'hono';
import type { ApiContext } from './api-options.ts';

/** The store has this long to answer before we count as not ready. */
const READY_TIMEOUT_MS = 2_000;

/**
 * /healthz: the process is alive. /readyz: it can take requests, which needs the store and nothing else, so that a
 * cluster that is down does not take the answers about it down as well. Both are open: probes carry no token.
 */
export function mountProbes(app: Hono, context: ApiContext): void {
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    const readiness = await decideReadiness(context.store, context.clock);
    return c.json(readiness, readiness.status === 'ready' ? 200 : 503);
  });
}

/** Prometheus' text format. Behind authentication like everything else. */
export function mountMetrics(app: Hono, { metrics }: ApiContext): void {
  app.get('/metrics', async (c) => {
    const { contentType, text } = await metrics.expose();
    return c.body(text, 200, { 'content-type': contentType });
  });
}

type Readiness = { readonly status: 'ready' } | { readonly status: 'not_ready'; readonly reason: string };

async function decideReadiness(store: ApiContext['store'], clock: Clock): Promise<Readiness> {
  if (store === undefined) return { status: 'ready' };
  const timer = new AbortController();
  const late = (): Readiness => ({ status: 'not_ready', reason: 'the store does not answer' });
  const tooLate = clock.sleep(READY_TIMEOUT_MS, timer.signal).then(late, late);
  try {
    return await Promise.race([store.readFreeze().then((): Readiness => ({ status: 'ready' })), tooLate]);
  } catch (error) {
    return { status: 'not_ready', reason: `the store cannot be read: ${toOpsError(error).code}` };
  } finally {
    timer.abort();
  }
}
