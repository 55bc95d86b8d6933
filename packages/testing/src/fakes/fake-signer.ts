import { createHmac } from 'node:crypto';
import type { KeyRing, PublicKey, Signature, Signer } from '@jamie/core';

/** Signs with a secret that follows from the key's id. It knows its own signatures and those of `earlier` keys. */
export class FakeSigner implements Signer, KeyRing {
  readonly keyId: string;
  readonly keys: readonly PublicKey[];

  constructor(keyId = '00000000000000aa', earlier: readonly string[] = []) {
    this.keyId = keyId;
    this.keys = [keyId, ...earlier].map((id) => ({ keyId: id, pem: `public key ${id}` }));
  }

  sign(text: string): Signature {
    return { keyId: this.keyId, value: macOf(this.keyId, text) };
  }

  verify(text: string, { keyId, value }: Signature): boolean {
    if (!text.isWellFormed()) return false;
    return this.keys.some((key) => key.keyId === keyId) && macOf(keyId, text) === value;
  }
}

function macOf(keyId: string, text: string): string {
  return createHmac('sha256', keyId).update(text, 'utf8').digest('base64');
}
