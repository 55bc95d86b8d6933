import { OpsError } from '@jamie/core';
import { type Context, Hono, type Next } from 'hono';
import type { ApiContext } from './api-options.ts';
import { toErrorAnswer } from './error-answer.ts';
import { mountRoute } from './mount-route.ts';
import { renderOpenApiDocument } from './openapi-document.ts';
import { mountMetrics, mountProbes } from './process-probes.ts';
import type { Route } from './route.ts';
import { auditRoutes } from './routes/audit.ts';
import { clusterRoutes } from './routes/clusters.ts';
import { commandRoutes } from './routes/commands.ts';
import { conversationRoutes } from './routes/conversations.ts';
import { planRoutes } from './routes/plans.ts';
import { requestRoutes } from './routes/requests.ts';
import { stateRoutes } from './routes/state.ts';
import type { Credentials } from './security/credentials.ts';
import { decideHost } from './security/hosts.ts';
import { SECURITY_HEADERS } from './security/response-headers.ts';
import { serveWebPage } from './web-page.ts';

/** What guards the door. */
export interface Gate {
  readonly credentials: Credentials;
  readonly allowedHosts: ReadonlySet<string>;
}

/** Every documented route, in the order of the document. */
function listRoutes(context: ApiContext): readonly Route[] {
  return [
    ...commandRoutes(context),
    ...requestRoutes(context),
    ...conversationRoutes(context),
    ...planRoutes(context),
    ...clusterRoutes(context),
    ...auditRoutes(context),
    ...stateRoutes(context),
  ];
}

/**
 * The HTTP side: probes are open; everything else needs a known Host and no foreign Origin; the API needs the token
 * or its cookie; the page's own files are the same for everybody and need neither.
 */
export function createApp(context: ApiContext, gate: Gate, webRoot: string): Hono {
  const app = new Hono();
  app.use((c, next) => measure(c, next, context));
  app.onError((error, c) => {
    const { status, body, retryAfterSeconds } = toErrorAnswer(error, context);
    if (retryAfterSeconds !== undefined) c.header('retry-after', String(retryAfterSeconds));
    return c.json(body, status);
  });
  mountProbes(app, context);
  app.use((c, next) => checkHost(c, next, context, gate));
  app.get('/', (c, next) => signIn(c, next, gate.credentials));
  const guard = (c: Context, next: Next) => authenticate(c, next, context, gate.credentials);
  for (const path of ['/v1/*', '/metrics', '/openapi.json']) app.use(path, guard);
  mountMetrics(app, context);
  const routes = listRoutes(context);
  for (const route of routes) mountRoute(app, route, context);
  app.get('/openapi.json', (c) => c.json(renderOpenApiDocument(routes, context.version)));
  app.all('/v1/*', () => {
    throw nothingHere();
  });
  app.get('*', (c) => serveWebPage(c, webRoot));
  app.notFound(() => {
    throw nothingHere();
  });
  return app;
}

async function measure(c: Context, next: Next, { clock, metrics }: ApiContext): Promise<void> {
  const startedAt = clock.now();
  await next();
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.header(name, value);
  if (c.res.headers.get('cache-control') === null) c.header('cache-control', 'no-store');
  // The pattern, never the path: a label must have few values.
  const route = c.req.routePath;
  metrics.increment('jamie_http_requests_total', {
    method: c.req.method,
    route,
    status: String(c.res.status),
  });
  metrics.observe('jamie_http_request_duration_seconds', { route }, (clock.now() - startedAt) / 1000);
}

async function checkHost(
  c: Context,
  next: Next,
  { ids }: ApiContext,
  gate: Gate,
): Promise<Response | undefined> {
  const shown = { host: c.req.header('host'), origin: c.req.header('origin') };
  // A scraper reaches us by address and shows the token, which no page can make a browser send.
  const isBearer = c.req.path === '/metrics' && c.req.header('authorization') !== undefined;
  const decision = isBearer ? { kind: 'allowed' as const } : decideHost(shown, gate.allowedHosts);
  if (decision.kind === 'allowed') {
    await next();
    return undefined;
  }
  const isHost = decision.reason === 'unknown_host';
  const message = isHost
    ? 'This address is not served under that host name. If it should be, add the name to JAMIE_ALLOWED_HOSTS.'
    : 'Requests from pages of other origins are refused.';
  return c.json({ error: { code: 'forbidden', message, referenceId: ids.next('ref') } }, isHost ? 421 : 403);
}

async function signIn(c: Context, next: Next, credentials: Credentials): Promise<Response | undefined> {
  const token = c.req.query('token');
  if (token === undefined) {
    await next();
    return undefined;
  }
  if (!credentials.isToken(token)) {
    return c.text(
      'This link is no longer valid. Open the one that Jamie printed when it last started.\n',
      401,
    );
  }
  c.header('set-cookie', credentials.cookie);
  return c.redirect('/', 303);
}

async function authenticate(
  c: Context,
  next: Next,
  { ids }: ApiContext,
  credentials: Credentials,
): Promise<Response | undefined> {
  const shown = { authorization: c.req.header('authorization'), cookie: c.req.header('cookie') };
  if (credentials.isKnown(shown)) {
    await next();
    return undefined;
  }
  const message =
    'You are not signed in. Open the link that Jamie printed at its start, or send the start-up token.';
  c.header('www-authenticate', 'Bearer');
  return c.json({ error: { code: 'forbidden', message, referenceId: ids.next('ref') } }, 401);
}

function nothingHere(): OpsError {
  return new OpsError('not_found', 'no such route', { userMessage: 'There is nothing at this address.' });
}
