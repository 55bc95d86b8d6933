import { open } from 'node:fs/promises';
import { OpsError } from '@jamie/core';

/** As long as the API takes. */
const MAX_BYTES = 256 * 1024;
const STANDARD_INPUT = '/dev/stdin';

/** Reads a manifest; `-` is standard input. Throws invalid_input, which names the file and says what is wrong with it. */
export async function readManifestFile(path: string): Promise<string> {
  const bytes = await readBytes(path, path === '-' ? STANDARD_INPUT : path);
  if (bytes.byteLength > MAX_BYTES)
    throw invalid(`${path} is longer than ${MAX_BYTES / 1024} KiB. Apply it in parts.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw invalid(`${path} is no text in UTF-8. Name a file of YAML or JSON.`, error);
  }
}

/** Never more than one byte beyond the limit is held. */
async function readBytes(path: string, file: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    await using handle = await open(file, 'r');
    while (length <= MAX_BYTES) {
      const { bytesRead, buffer } = await handle.read(new Uint8Array(MAX_BYTES + 1 - length));
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      length += bytesRead;
    }
  } catch (error) {
    throw invalid(`${path} cannot be read: check that the file is there and that you may read it.`, error);
  }
  return Buffer.concat(chunks);
}

function invalid(userMessage: string, cause?: unknown): OpsError {
  return new OpsError('invalid_input', 'manifest file cannot be read', { userMessage, cause });
}
