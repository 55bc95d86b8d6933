import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { OpsError } from '@jamie/core';

/** A text that only the key's holder can read or change. All fields are base64 but `keyId`. */
export interface SealedText {
  /** Tells one key from another without saying anything about it. */
  readonly keyId: string;
  readonly nonce: string;
  readonly tag: string;
  readonly ciphertext: string;
}

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
/** 96 bits, as NIST SP 800-38D recommends for GCM. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What is sealed, as people read it. */
export interface SealedSubject {
  /** For example `cluster credentials`. */
  readonly name: string;
  /** What to do when it can be read no more, as the end of a sentence, for example `remove the cluster and add it again`. */
  readonly mend: string;
}

/**
 * Encrypts with AES-256-GCM. `context` is bound to the text: opening with another context fails.
 * Throws `config_invalid` when the key has not 32 bytes.
 */
export function sealText(text: string, context: string, key: Uint8Array): SealedText {
  checkKey(key);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context, 'utf8'));
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return {
    keyId: keyIdOf(key),
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    ciphertext: ciphertext.toString('base64'),
  };
}

/** Opens what sealText made. Throws `config_invalid`: another key, or somebody changed the text or its context. */
export function openText(
  sealed: SealedText,
  context: string,
  key: Uint8Array,
  subject: SealedSubject,
): string {
  checkKey(key);
  if (sealed.keyId !== keyIdOf(key)) {
    throw new OpsError('config_invalid', 'stored credentials were encrypted with another key', {
      userMessage: `The stored ${subject.name} were encrypted with another key. Set CLUSTER_CREDENTIALS_KEY to the key of that time, or ${subject.mend}.`,
      details: { subject: subject.name },
    });
  }
  try {
    const nonce = Buffer.from(sealed.nonce, 'base64');
    const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(context, 'utf8'));
    decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
    return decipher.update(sealed.ciphertext, 'base64', 'utf8') + decipher.final('utf8');
  } catch (error) {
    throw new OpsError('config_invalid', 'stored credentials have been changed', {
      userMessage: `The stored ${subject.name}, or what is written beside them, have been changed and are not used. Find out who changed them, then ${subject.mend}.`,
      details: { subject: subject.name },
      cause: error,
    });
  }
}

/** The salt is older than its other uses: with another one, what is stored could be read no more. */
function keyIdOf(key: Uint8Array): string {
  return createHash('sha256')
    .update('jamie cluster credentials key id')
    .update(key)
    .digest('hex')
    .slice(0, 16);
}

function checkKey(key: Uint8Array): void {
  if (key.byteLength === KEY_BYTES) return;
  throw new OpsError('config_invalid', 'the key for stored credentials has the wrong length', {
    userMessage: 'CLUSTER_CREDENTIALS_KEY must be 32 bytes. Make one with: openssl rand -base64 32',
    details: { bytes: key.byteLength },
  });
}
