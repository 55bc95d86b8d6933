import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { canonicalJson, OpsError } from '@jamie/core';
import { z } from 'zod';

const sealedSchema = z.object({
  keyId: z.string(),
  nonce: z.string(),
  tag: z.string(),
  ciphertext: z.string(),
});

const registeredSchema = z.object({
  name: z.string(),
  server: z.string(),
  environment: z.enum(['production', 'staging', 'development']),
  context: z.string(),
  /** The kubeconfig of that one context, encrypted. */
  credentials: sealedSchema,
});

const fileSchema = z.object({ version: z.literal(1), clusters: z.array(registeredSchema) });

/** A cluster that somebody registered, as it is stored. */
export type RegisteredCluster = Readonly<z.output<typeof registeredSchema>>;

/** What the encrypted credentials are bound to: moving them to another server or name makes them unreadable. */
export function sealContext(cluster: Omit<RegisteredCluster, 'credentials'>): string {
  const { name, server, environment, context } = cluster;
  return canonicalJson({ version: 1, name, server, environment, context });
}

/** Reads the file of registered clusters; an absent one is an empty list. Throws `config_invalid`. */
export async function readClusterFile(path: string): Promise<readonly RegisteredCluster[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unreadable(path, 'it cannot be read', error);
  }
  try {
    return fileSchema.parse(JSON.parse(text)).clusters;
  } catch (error) {
    throw unreadable(path, 'it is not what this program wrote', error);
  }
}

/** Replaces the file in one step, readable by the owner alone. */
export async function writeClusterFile(path: string, clusters: readonly RegisteredCluster[]): Promise<void> {
  const temporary = `${path}.new`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(`${JSON.stringify({ version: 1, clusters }, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    throw new OpsError('unavailable', 'the registered clusters cannot be stored', {
      userMessage: `The cluster could not be stored in ${path}. Is there space, and may we write there?`,
      details: { path },
      cause: error,
    });
  }
}

function unreadable(path: string, why: string, cause: unknown): OpsError {
  return new OpsError('config_invalid', 'the file of registered clusters cannot be used', {
    userMessage: `${path} cannot be used: ${why}. Restore it from a backup, or move it away and add the clusters again.`,
    details: { path, why },
    cause,
  });
}
