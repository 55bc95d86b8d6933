import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { type KeyRing, OpsError, type PublicKey, type Signature } from '@jamie/core';

const KEY_ID_DIGITS = 16;

/** The first 16 hexadecimal digits of SHA-256 over the SPKI of the key (or of its public half), in DER. */
export function keyIdOf(key: KeyObject): string {
  const spki = publicHalf(key).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('hex').slice(0, KEY_ID_DIGITS);
}

/** A key as everybody may know it. */
export function publicKeyOf(key: KeyObject): PublicKey {
  return { keyId: keyIdOf(key), pem: String(publicHalf(key).export({ type: 'spki', format: 'pem' })) };
}

/** Ed25519 (RFC 8032) over the text as UTF-8. Throws invalid_input for a text that UTF-8 cannot hold. */
export function signText(text: string, privateKey: KeyObject): string {
  if (text.isWellFormed()) return sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64');
  throw new OpsError('invalid_input', 'a text with half a character cannot be signed');
}

/**
 * A ring of these keys, in this order. Throws config_invalid for one that is no Ed25519 public key, or whose id is
 * not its own.
 */
export function createKeyRing(keys: readonly PublicKey[]): KeyRing {
  const byId = new Map(keys.map((key) => [key.keyId, openPublicKey(key)]));
  return {
    keys,
    verify(text: string, { keyId, value }: Signature): boolean {
      const key = byId.get(keyId);
      if (key === undefined || !text.isWellFormed()) return false;
      const bytes = Buffer.from(value, 'base64');
      // Base64 has several spellings for the same bytes; only one of them is what we wrote.
      return bytes.toString('base64') === value && verify(null, Buffer.from(text, 'utf8'), key, bytes);
    },
  };
}

function openPublicKey({ keyId, pem }: PublicKey): KeyObject {
  let key: KeyObject | undefined;
  let cause: unknown;
  try {
    key = createPublicKey({ key: pem, format: 'pem' });
  } catch (error) {
    cause = error;
  }
  if (key?.asymmetricKeyType === 'ed25519' && keyIdOf(key) === keyId) return key;
  throw new OpsError('config_invalid', 'a public key is not what its id says', {
    userMessage: `The public key ${keyId} is no Ed25519 key with that id. Take it from where it was first written.`,
    details: { keyId },
    cause,
  });
}

function publicHalf(key: KeyObject): KeyObject {
  return key.type === 'public' ? key : createPublicKey(key);
}
