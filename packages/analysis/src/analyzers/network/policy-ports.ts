import type { NetworkRuleView } from '@jamie/core';

/** A port on which a pod listens. */
export interface ListeningPort {
  readonly protocol: string;
  readonly port: number;
  /** Its name in the pod; empty where it has none. */
  readonly name: string;
}

/** Whether a rule admits a port: every port where it names none, otherwise by number, range or name. */
export function admitsPort({ ports }: NetworkRuleView, listening: ListeningPort): boolean {
  return (
    ports.length === 0 ||
    ports.some(({ protocol, port, endPort }) => {
      if (protocol !== listening.protocol) return false;
      if (port === '') return true;
      if (!/^\d{1,5}$/.test(port)) return port === listening.name;
      return Number(port) <= listening.port && listening.port <= (endPort ?? Number(port));
    })
  );
}
