import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import { OpsError } from '@jamie/core';
import { systemErrorCode } from '@jamie/runtime';
import type { Context } from 'hono';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

const NOT_BUILT = [
  'The page has not been built yet.',
  '',
  'Build it with:   npm run build:web',
  'Then reload this page. The command line works meanwhile:   npm run jamie -- help',
  '',
].join('\n');

/**
 * Serves a file of the built page. Files under /assets/ carry a hash in their names and never change; the rest is
 * asked for anew each time. A path without an ending is a view of the page itself.
 */
export async function serveWebPage(c: Context, webRoot: string): Promise<Response> {
  const path = decodePath(c.req.path);
  const file = path === undefined || extname(path) === '' ? 'index.html' : path.slice(1);
  const content = await readInside(webRoot, file);
  if (content === undefined && file === 'index.html') return c.text(NOT_BUILT, 503);
  const contentType = CONTENT_TYPES[extname(file)];
  if (content === undefined || contentType === undefined) {
    throw new OpsError('not_found', 'no such file', { userMessage: 'There is nothing at this address.' });
  }
  c.header('content-type', contentType);
  c.header('cache-control', file.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
  return c.body(new Uint8Array(content));
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** Undefined when there is no such file, or when the path leads out of the directory. */
async function readInside(directory: string, file: string): Promise<Buffer | undefined> {
  const root = resolve(directory);
  const path = resolve(root, file);
  if (!path.startsWith(root + sep) || path.includes('\0')) return undefined;
  try {
    return await readFile(path);
  } catch (error) {
    if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes(systemErrorCode(error) ?? '')) return undefined;
    throw error;
  }
}
