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
