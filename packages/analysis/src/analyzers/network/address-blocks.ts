import ipaddr from 'ipaddr.js';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';

type Address = ReturnType<typeof ipaddr.parse>;
type Block = ReturnType<typeof ipaddr.parseCIDR>;

/** RFC 1918, RFC 6598 (which clouds use for pods) and RFC 4193. */
const PRIVATE: ReadonlySet<string> = new Set(['private', 'carrierGradeNat', 'uniqueLocal']);

/** Whether a CIDR block begins in private address space. What is not a CIDR block is none. */
export function isPrivateBlock(cidr: string): boolean {
  const block = parseBlock(cidr);
  return block !== undefined && PRIVATE.has(block[0].range());
}

/** Whether some pod has its address in a CIDR block; true where no address is known. */
export function holdsPod(index: SnapshotIndex, cidr: string): boolean {
  const addresses = podAddresses(index);
  const block = parseBlock(cidr);
  if (addresses.length === 0 || block === undefined) return true;
  return addresses.some((address) => isWithin(address, block));
}

function isWithin(address: Address, [network, bits]: Block): boolean {
  if (address instanceof ipaddr.IPv4) return network instanceof ipaddr.IPv4 && address.match(network, bits);
  return network instanceof ipaddr.IPv6 && address.match(network, bits);
}

const podAddresses = oncePerSnapshot((index): readonly Address[] =>
  index.pods.flatMap(({ address }) => (ipaddr.isValid(address) ? [ipaddr.parse(address)] : [])),
);

/** What is no block has none. */
function parseBlock(cidr: string): Block | undefined {
  try {
    return ipaddr.parseCIDR(cidr);
  } catch {
    return undefined;
  }
}
