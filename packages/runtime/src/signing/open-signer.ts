import { join } from 'node:path';
import type { KeyRing, Signature, Signer } from '@jamie/core';
import { createKeyRing, keyIdOf, signText } from './ed25519.ts';
import { makeKeyFile, readKeyFile } from './key-file.ts';
import { readKnownKeys } from './known-keys.ts';

export interface SignerOptions {
  readonly dataDir: string;
  /** A PEM file with an Ed25519 key. Absent: the key that is made in the data directory. */
  readonly keyFile?: string;
}

/** A signer with the keys of this installation. */
export interface InstalledSigner extends Signer, KeyRing {
  /** The key lies in the data directory, so that it proves nothing against whoever can write there. */
  readonly isEmbedded: boolean;
  /** The key that was in use before, where this start is the first with another one. */
  readonly changedFrom?: string;
}

/** Opens, and at the very first start makes, what signs here. Throws config_invalid with what is wrong with which file. */
export function openSigner({ dataDir, keyFile }: SignerOptions): InstalledSigner {
  const path = keyFile ?? join(dataDir, 'signing-key.pem');
  if (keyFile === undefined) makeKeyFile(path);
  const privateKey = readKeyFile(path);
  const known = readKnownKeys(join(dataDir, 'signing-keys.json'), privateKey);
  const ring = createKeyRing(known.keys);
  const keyId = keyIdOf(privateKey);
  return {
    ...ring,
    keyId,
    isEmbedded: keyFile === undefined,
    ...(known.changedFrom !== undefined && { changedFrom: known.changedFrom }),
    sign: (text: string): Signature => ({ keyId, value: signText(text, privateKey) }),
  };
}
