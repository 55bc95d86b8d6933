import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryDirectory {
  readonly path: string;
  /** Removes the directory with everything in it. */
  remove(): void;
}

/** A fresh empty directory of its own, outside the tree. The test that made it removes it. */
export function createTemporaryDirectory(): TemporaryDirectory {
  const path = mkdtempSync(join(tmpdir(), 'jamie-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
