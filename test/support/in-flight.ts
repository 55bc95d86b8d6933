import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setImmediate as turn } from 'node:timers/promises';

/** Knows of the HTTP calls that this process has made and that are not answered yet. */
export interface InFlight {
  /** Resolves once nothing is on its way and what came has been worked on. */
  settle(): Promise<void>;
  stop(): void;
}

/** Turns of the event loop without a call, after which nothing more comes of the last answer. */
const QUIET_TURNS = 6;

export function watchInFlight(): InFlight {
  const open = new Set<unknown>();
  const requestOf = (message: unknown) => (message as { readonly request: unknown }).request;
  const started = (message: unknown) => {
    open.add(requestOf(message));
  };
  const ended = (message: unknown) => {
    open.delete(requestOf(message));
  };
  subscribe('http.client.request.start', started);
  subscribe('http.client.request.error', ended);
  subscribe('http.client.response.finish', ended);
  return {
    async settle() {
      for (let quiet = 0; quiet < QUIET_TURNS; quiet = open.size === 0 ? quiet + 1 : 0) await turn();
    },
    stop() {
      unsubscribe('http.client.request.start', started);
      unsubscribe('http.client.request.error', ended);
      unsubscribe('http.client.response.finish', ended);
    },
  };
}
