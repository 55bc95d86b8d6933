import type { KeyObject } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { canonicalJson, OpsError, type PublicKey, type Signature } from '@jamie/core';
import { z } from 'zod';
import { systemErrorCode } from '../system-error.ts';
import { createKeyRing, keyIdOf, publicKeyOf, signText } from './ed25519.ts';

const fileSchema = z.strictObject({
  keys: z.array(z.strictObject({ keyId: z.string(), pem: z.string() })).min(1),
  signature: z.strictObject({ keyId: z.string(), value: z.string() }),
});

export interface KnownKeys {
  /** The key in use first, then the earlier ones, newest first. */
  readonly keys: readonly PublicKey[];
  /** The key that was in use when the list was last written, where it was another one. */
  readonly changedFrom?: string;
}

/**
 * The list of all keys that ever signed here, itself signed by the key in use. After a change of the key the list that
 * the former one signed is taken over once. Throws config_invalid when somebody else wrote it.
 */
export function readKnownKeys(path: string, privateKey: KeyObject): KnownKeys {
  const own = publicKeyOf(privateKey);
  const text = readIfThere(path);
  if (text === undefined) {
    writeList(path, [own], privateKey);
    return { keys: [own] };
  }
  const { keys, signature } = parseList(path, text);
  if (!createKeyRing(keys).verify(canonicalJson(keys), signature)) throw changed(path);
  if (signature.keyId === own.keyId) return { keys };
  const all = [own, ...keys.filter(({ keyId }) => keyId !== own.keyId)];
  writeList(path, all, privateKey);
  return { keys: all, changedFrom: signature.keyId };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw new OpsError('config_invalid', 'the list of signing keys cannot be read', {
      userMessage: `The list of signing keys ${path} cannot be read. Check its permissions.`,
      cause: error,
    });
  }
}

function parseList(path: string, text: string): z.output<typeof fileSchema> {
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch (error) {
    throw changed(path, error);
  }
}

function writeList(path: string, keys: readonly PublicKey[], privateKey: KeyObject): void {
  const signature: Signature = {
    keyId: keyIdOf(privateKey),
    value: signText(canonicalJson(keys), privateKey),
  };
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, `${JSON.stringify({ keys, signature }, undefined, 2)}\n`, { mode: 0o600 });
    renameSync(draft, path);
  } catch (error) {
    throw new OpsError('config_invalid', 'the list of signing keys cannot be written', {
      userMessage: `The list of signing keys ${path} cannot be written. Check the directory and its permissions.`,
      cause: error,
    });
  }
}

function changed(path: string, cause?: unknown): OpsError {
  return new OpsError('config_invalid', 'the list of signing keys was changed', {
    userMessage: `The list of signing keys ${path} is not what was written there: somebody changed it, or it was signed by a key that it does not name. Restore it from a backup. If there is none, remove it: what earlier keys signed is then not recognised any more.`,
    details: { path },
    ...(cause !== undefined && { cause }),
  });
}
