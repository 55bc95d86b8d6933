import type { ServerResponse } from 'node:http';
import { KINDS, type Kind } from '@jamie/core';
import { type Answer, json, ScriptedApiServer, type SeenRequest } from './scripted-api-server.ts';

const KIND_BY_PLURAL = new Map(
  Object.entries(KINDS).map(([kind, { plural }]) => [plural as string, kind as Kind]),
);

/** A pod as small as the API server would accept. */
export function podNamed(name: string, resourceVersion = '1', phase = 'Running'): Record<string, unknown> {
  return {
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      resourceVersion,
      creationTimestamp: '2026-01-15T12:00:00Z',
    },
    spec: { containers: [{ name: 'web', image: 'web:1' }] },
    status: { phase },
  };
}

/** Lists and watches of every kind over a scripted server: lists say what `items` holds, watches stay open. */
export class ScriptedKinds {
  readonly items = new Map<Kind, readonly unknown[]>();
  /** Open watches by kind; a test writes lines into them. */
  readonly watches = new Map<Kind, ServerResponse>();
  readonly server: ScriptedApiServer;
  listVersion = '100';
  #fault: ((kind: Kind, request: SeenRequest) => Answer | undefined) | undefined;

  private constructor(server: ScriptedApiServer) {
    this.server = server;
    server.answerWith((request, response) => this.#answer(request, response));
  }

  static async start(): Promise<ScriptedKinds> {
    return new ScriptedKinds(await ScriptedApiServer.start(json({})));
  }

  /** Answers that come instead of the sane one wherever the function gives one; undefined heals the server. */
  breakWith(fault: ((kind: Kind, request: SeenRequest) => Answer | undefined) | undefined): void {
    this.#fault = fault;
  }

  /** Writes one event into a kind's open watch. */
  send(kind: Kind, type: string, object: unknown): void {
    this.watches.get(kind)?.write(`${JSON.stringify({ type, object })}\n`);
  }

  requestsOf(kind: Kind, verb: 'list' | 'watch'): readonly SeenRequest[] {
    return this.server.seen.filter(
      ({ target }) => kindOf(target) === kind && target.includes('watch=true') === (verb === 'watch'),
    );
  }

  #answer(request: SeenRequest, response: ServerResponse): void {
    const kind = kindOf(request.target);
    const fault = this.#fault?.(kind, request);
    if (fault !== undefined) fault(request, response);
    else if (request.target.includes('watch=true')) this.#openWatch(kind, response);
    else
      json({ metadata: { resourceVersion: this.listVersion }, items: this.items.get(kind) ?? [] })(
        request,
        response,
      );
  }

  #openWatch(kind: Kind, response: ServerResponse): void {
    this.watches.set(kind, response);
    response.on('close', () => {
      if (this.watches.get(kind) === response) this.watches.delete(kind);
    });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
  }
}

function kindOf(target: string): Kind {
  const plural = new URL(target, 'http://double').pathname.split('/').at(-1) ?? '';
  const kind = KIND_BY_PLURAL.get(plural);
  if (kind === undefined) throw new Error(`the double serves no ${plural}`);
  return kind;
}
