import type { Container, Probe } from '../objects.ts';
import type { Run } from './program.ts';

/** Why a probe of a running program fails, in the kubelet's words, or undefined when it passes. */
export function probeFailure(
  probe: Probe,
  container: Container,
  run: Run,
  podIp: string,
): string | undefined {
  if (run.notReady !== undefined) return run.notReady;
  const { serves } = run;
  if (serves === undefined) return undefined;
  const wanted = probe.httpGet?.port ?? probe.tcpSocket?.port;
  if (wanted === undefined) return undefined;
  const port = portOf(wanted, container);
  const { path = '/', scheme = 'HTTP' } = probe.httpGet ?? {};
  if (port !== serves.port) {
    const refused = `dial tcp ${podIp}:${port}: connect: connection refused`;
    return probe.httpGet === undefined
      ? refused
      : `Get "${scheme.toLowerCase()}://${podIp}:${port}${path}": ${refused}`;
  }
  if (probe.httpGet === undefined || serves.paths.includes(path)) return undefined;
  return 'HTTP probe failed with statuscode: 404';
}

function portOf(port: number | string, container: Container): number | undefined {
  if (typeof port === 'number') return port;
  return container.ports?.find(({ name }) => name === port)?.containerPort;
}
