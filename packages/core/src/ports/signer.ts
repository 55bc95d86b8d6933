/** Who signed, and what shows it. */
export interface Signature {
  /** The first 16 hexadecimal digits of SHA-256 over the public key (SPKI, DER). */
  readonly keyId: string;
  /** Base64. */
  readonly value: string;
}

/** Signs in the name of this installation. Whoever has the key can do the same; whoever has not, cannot. */
export interface Signer {
  /** The key that signs now. */
  readonly keyId: string;
  sign(text: string): Signature;
  /** Whether a key of ours, the one in use or an earlier one, signed exactly this text. Never throws. */
  verify(text: string, signature: Signature): boolean;
}

/** A key of ours as everybody may know it. */
export interface PublicKey {
  readonly keyId: string;
  /** SPKI as PEM. */
  readonly pem: string;
}

/** Checks signatures, with the keys that it knows: the one in use first, then the earlier ones. */
export interface KeyRing extends Pick<Signer, 'verify'> {
  readonly keys: readonly PublicKey[];
}
