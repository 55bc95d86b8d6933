import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The part of Slack that gives tokens and looks at them, on loopback. */
export interface TokenDesk {
  readonly apiUrl: string;
  /** The tokens that it accepts. */
  readonly alive: Set<string>;
  /** What it answers to a token that it does not accept. Default token_expired. */
  readonly deadWord: Map<string, string>;
  /** The refresh tokens that it takes, each once. */
  readonly refreshable: Set<string>;
  /** Every call: the method and the token it came with. */
  readonly calls: { readonly method: string; readonly token: string }[];
  /** Runs before an answer to a method, once. */
  before(method: string, act: () => unknown): void;
  /** Gives tokens that it does not accept. */
  giveDeadTokens(): void;
  /** Answers every call with this status. */
  failWith(status: number | undefined): void;
  stop(): Promise<void>;
}

export async function startTokenDesk(): Promise<TokenDesk> {
  const alive = new Set<string>();
  const deadWord = new Map<string, string>();
  const refreshable = new Set<string>();
  const calls: { method: string; token: string }[] = [];
  const acts = new Map<string, () => unknown>();
  let failure: number | undefined;
  let given = 0;
  let isGivingDeadTokens = false;

  function exchange(form: URLSearchParams): object {
    if (form.get('client_secret') !== 'secret') return { ok: false, error: 'bad_client_secret' };
    if (!refreshable.delete(form.get('refresh_token') ?? '')) {
      return { ok: false, error: 'invalid_refresh_token' };
    }
    given += 1;
    if (!isGivingDeadTokens) alive.add(`xoxe.xoxb-${given}`);
    refreshable.add(`xoxe-${given}`);
    const tokens = { access_token: `xoxe.xoxb-${given}`, refresh_token: `xoxe-${given}` };
    return { ok: true, ...tokens, expires_in: 43_200, token_type: 'bot' };
  }

  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const method = (request.url ?? '').replace('/api/', '');
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    calls.push({ method, token });
    const act = acts.get(method);
    acts.delete(method);
    await act?.();
    if (failure !== undefined) {
      response.writeHead(failure).end();
      return;
    }
    const answer =
      method === 'oauth.v2.access'
        ? exchange(new URLSearchParams(body))
        : alive.has(token)
          ? { ok: true }
          : { ok: false, error: deadWord.get(token) ?? 'token_expired' };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    alive,
    deadWord,
    refreshable,
    calls,
    before: (method, act) => acts.set(method, act),
    giveDeadTokens() {
      isGivingDeadTokens = true;
    },
    failWith(status) {
      failure = status;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
