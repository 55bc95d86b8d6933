import type { ContainerView } from '@jamie/core';
import { listOf, numberOf, objectOf, type RawObject, textOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

type Probes = ContainerView['probes'];

const NO_PROBES: Probes = Object.freeze({});
/** The API server's own default. */
const DEFAULT_PERIOD_S = 10;

/** Each probe of a container as one line, for example `GET :8080/healthz every 10 s`. */
export function toProbeLines(container: RawObject, sharing: Sharing): Probes {
  const { readinessProbe, livenessProbe, startupProbe } = container;
  if (readinessProbe === undefined && livenessProbe === undefined && startupProbe === undefined)
    return NO_PROBES;
  const readiness = toProbeLine(readinessProbe);
  const liveness = toProbeLine(livenessProbe);
  const startup = toProbeLine(startupProbe);
  return sharing.value(`probes\u0000${readiness}\u0000${liveness}\u0000${startup}`, () =>
    Object.freeze({
      ...(readiness === '' ? {} : { readiness }),
      ...(liveness === '' ? {} : { liveness }),
      ...(startup === '' ? {} : { startup }),
    }),
  );
}

function toProbeLine(value: unknown): string {
  if (value === undefined) return '';
  const probe = objectOf(value);
  return `${targetOf(probe)} every ${numberOf(probe['periodSeconds'], DEFAULT_PERIOD_S)} s`;
}

function targetOf(probe: RawObject): string {
  const { httpGet, tcpSocket, grpc, exec } = probe;
  if (httpGet !== undefined) {
    const { port, path, scheme } = objectOf(httpGet);
    return `${scheme === 'HTTPS' ? 'GET https' : 'GET '}:${String(port)}${textOf(path) || '/'}`;
  }
  if (tcpSocket !== undefined) return `TCP :${String(objectOf(tcpSocket)['port'])}`;
  if (grpc !== undefined) return `gRPC :${String(objectOf(grpc)['port'])}`;
  // Only the program: arguments of a command are where people put passwords.
  return `exec ${textOf(listOf(objectOf(exec)['command'])[0])}`;
}
