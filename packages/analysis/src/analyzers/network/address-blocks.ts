import { BlockList, isIP, isIPv4 } from 'node:net';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';

interface Block {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

// RFC 1918, RFC 6598 (which clouds use for pods) and RFC 4193.
const PRIVATE = new BlockList();
PRIVATE.addSubnet('10.0.0.0', 8, 'ipv4');
PRIVATE.addSubnet('172.16.0.0', 12, 'ipv4');
PRIVATE.addSubnet('192.168.0.0', 16, 'ipv4');
PRIVATE.addSubnet('100.64.0.0', 10, 'ipv4');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');

/** Whether a CIDR block begins in private address space. What is not a CIDR block is none. */
export function isPrivateBlock(cidr: string): boolean {
  const block = parseBlock(cidr);
  return block !== undefined && PRIVATE.check(block.address, block.family);
}

/** Whether some pod has its address in a CIDR block; true where no address is known. */
export function holdsPod(index: SnapshotIndex, cidr: string): boolean {
  const addresses = podAddresses(index);
  const block = parseBlock(cidr);
  if (addresses.length === 0 || block === undefined) return true;
  const list = new BlockList();
  list.addSubnet(block.address, block.prefix, block.family);
  return addresses.some((address) => list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6'));
}

const podAddresses = oncePerSnapshot((index): readonly string[] =>
  index.pods.map(({ address }) => address).filter((address) => isIP(address) !== 0),
);

function parseBlock(cidr: string): Block | undefined {
  const [, address = '', digits = ''] = /^([0-9a-f:.]{2,45})\/(\d{1,3})$/i.exec(cidr) ?? [];
  const version = isIP(address);
  const prefix = Number(digits);
  if (version === 0 || prefix > (version === 4 ? 32 : 128)) return undefined;
  return { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' };
}
