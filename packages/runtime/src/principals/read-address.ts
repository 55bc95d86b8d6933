/** An address as it may name somebody, or why it may not. */
export type AddressReading =
  | { readonly kind: 'address'; readonly address: string; readonly local: string; readonly domain: string }
  | { readonly kind: 'refused'; readonly reason: 'not_ascii' | 'not_one_at' | 'not_plain' };

const MAX_CHARACTERS = 254;
const MAX_LOCAL_CHARACTERS = 64;
/** Dot-separated atoms (RFC 5322 3.2.3) without what means something in paths, templates or headers. */
const LOCAL = /^[a-z0-9_+'-]+(\.[a-z0-9_+'-]+)*$/;
const DOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/;

/**
 * Reads an e-mail address strictly: lower-cased and otherwise kept as it is, plus addressing included; nothing is
 * trimmed, folded or decoded. Letters of other scripts are refused, since some look like ASCII and are somebody else.
 * Pure and total.
 */
export function readAddress(text: string): AddressReading {
  // Folding comes after: what only looks ASCII once folded is refused, not mended.
  if (!/^[\x21-\x7e]*$/.test(text)) return { kind: 'refused', reason: 'not_ascii' };
  const address = text.toLowerCase();
  const [local, domain, ...more] = address.split('@');
  if (local === undefined || domain === undefined || more.length > 0) {
    return { kind: 'refused', reason: 'not_one_at' };
  }
  const isPlain =
    address.length <= MAX_CHARACTERS &&
    local.length <= MAX_LOCAL_CHARACTERS &&
    LOCAL.test(local) &&
    DOMAIN.test(domain);
  return isPlain ? { kind: 'address', address, local, domain } : { kind: 'refused', reason: 'not_plain' };
}
