import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { linkSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { OpsError } from '@jamie/core';
import { systemErrorCode } from '../system-error.ts';

const OTHERS_MASK = 0o077;
const MAKE_ONE = 'openssl genpkey -algorithm ed25519 -out FILE && chmod 600 FILE';

/**
 * Reads an Ed25519 private key from a PEM file (PKCS #8). Throws config_invalid: not readable, of another kind, or
 * ours and open to others.
 */
export function readKeyFile(path: string): KeyObject {
  const pem = readPem(path);
  requirePrivate(path);
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: pem, format: 'pem' });
  } catch (error) {
    throw unusable(path, 'holds no private key as PEM (PKCS #8) that needs no passphrase', error);
  }
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw unusable(
    path,
    `holds a key of another kind, ${key.asymmetricKeyType ?? 'unknown'}: it must be Ed25519`,
  );
}

/** Makes a key file that only its owner can read, unless there is one. Two processes may do so at once: one key stays. */
export function makeKeyFile(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return;
  const { privateKey } = generateKeyPairSync('ed25519');
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
    // A link appears with its whole content, and fails where the name is taken.
    linkSync(draft, path);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw unusable(path, 'cannot be made', error);
  } finally {
    rmSync(draft, { force: true });
  }
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unusable(path, `cannot be read (${systemErrorCode(error) ?? 'unknown error'})`, error);
  }
}

/** As OpenSSH does with identity files: others may not read ours; a file that an administrator placed is theirs to guard. */
function requirePrivate(path: string): void {
  const { mode, uid } = statSync(path);
  if (uid !== process.getuid?.() || (mode & OTHERS_MASK) === 0) return;
  throw new OpsError('config_invalid', 'the signing key is open to others', {
    userMessage: `The signing key ${path} can be read or changed by others (mode ${(mode & 0o777).toString(8).padStart(4, '0')}), so it is not used. Close it with: chmod 600 ${path}. If somebody may have read it, make a new one.`,
    details: { path },
  });
}

function unusable(path: string, why: string, cause?: unknown): OpsError {
  return new OpsError('config_invalid', 'the signing key cannot be used', {
    userMessage: `The signing key ${path} ${why}. Name another file in SIGNING_KEY_FILE; make one with: ${MAKE_ONE}`,
    details: { path },
    ...(cause !== undefined && { cause }),
  });
}
