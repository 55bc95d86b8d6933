import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/**
 * As many free loopback ports as asked for, all different. Nobody holds them between this call and their use, so
 * whoever starts a server on one must be ready to see it fail.
 */
export async function findFreePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
