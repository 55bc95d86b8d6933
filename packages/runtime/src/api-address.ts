import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OpsError } from '@jamie/core';
import { z } from 'zod';
import { systemErrorCode } from './system-error.ts';

/** How a program on this machine reaches the running API. */
export interface ApiAddress {
  readonly url: string;
  readonly token: string;
  /** The process that wrote it. */
  readonly processId: number;
}

const addressSchema = z.object({ url: z.url(), token: z.string().min(1), processId: z.int().positive() });

/** Leaves the address in the data directory as api.json, readable by its owner alone. Throws unavailable. */
export async function writeApiAddress(dataDir: string, address: ApiAddress): Promise<void> {
  const path = pathOf(dataDir);
  const temporary = `${path}.${address.processId}`;
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await rm(temporary, { force: true });
    // `wx` makes a new file, so that the mode holds and no link is followed.
    await writeFile(temporary, `${JSON.stringify(address)}\n`, { mode: 0o600, flag: 'wx' });
    await rename(temporary, path);
  } catch (error) {
    throw new OpsError('unavailable', 'cannot write the address of the API', {
      userMessage: `${path} cannot be written. Check that the directory exists and is yours, and that the disk is not full.`,
      cause: error,
    });
  }
}

/** The address that the running process left, or undefined when none did. Throws config_invalid for a damaged file. */
export async function readApiAddress(dataDir: string): Promise<ApiAddress | undefined> {
  const path = pathOf(dataDir);
  try {
    return addressSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new OpsError('config_invalid', 'cannot read the address of the API', {
      userMessage: `${path} cannot be read. Delete it and start Jamie again.`,
      cause: error,
    });
  }
}

/** Takes the address away again, unless another process has left its own since. */
export async function removeApiAddress(dataDir: string, processId: number): Promise<void> {
  const address = await readApiAddress(dataDir);
  if (address?.processId === processId) await rm(pathOf(dataDir), { force: true });
}

function pathOf(dataDir: string): string {
  return join(dataDir, 'api.json');
}
