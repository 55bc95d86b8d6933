import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createTemporaryDirectory,
  FakeClock,
  FakeDesk,
  RecordingLogger,
  SequentialIds,
} from '@jamie/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, type TestApi } from './testing/start-test-api.ts';

const directory = createTemporaryDirectory();
const webRoot = join(directory.path, 'dist');
const start = (root: string) =>
  startTestApi(
    {
      desk: new FakeDesk({ clock: new FakeClock(), ids: new SequentialIds() }),
      logger: new RecordingLogger(),
      ids: new SequentialIds(),
      dataDir: directory.path,
    },
    { webRoot: root },
  );
let api: TestApi;

beforeAll(async () => {
  mkdirSync(join(webRoot, 'assets'), { recursive: true });
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Command Center</title>');
  writeFileSync(join(webRoot, 'assets', 'index-abc123.js'), 'export {};');
  writeFileSync(join(webRoot, 'notes.secret'), 'not for the web');
  writeFileSync(join(directory.path, 'outside.html'), 'outside');
  api = await start(webRoot);
});
afterAll(async () => {
  await api.stop();
  directory.remove();
});

describe('the page', () => {
  it.each(['/', '/index.html', '/plans/p-4k7d2m9q'])(
    'is served at %s, to be asked for anew each time',
    async (path) => {
      const { status, headers, text } = await api.raw({ path });
      expect(status).toBe(200);
      expect(text).toContain('Command Center');
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
      });
    },
  );

  it('has files with a hash in their names, which are kept for good', async () => {
    const { headers, text } = await api.raw({ path: '/assets/index-abc123.js' });
    expect(text).toBe('export {};');
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  it.each([
    '/assets/missing.js',
    '/assets/../../outside.html',
    '/..%2foutside.html',
    '/%2e%2e/outside.html',
    '/....//outside.html',
    '/assets%5c..%5c..%5coutside.html',
    '/%00.html',
    '/notes.secret',
    `/${encodeURIComponent(join(directory.path, 'outside.html'))}`,
  ])('gives nothing away at %s', async (path) => {
    const { status, text } = await api.raw({ path });
    expect(status).toBe(404);
    expect(text).not.toContain('outside');
    expect(text).not.toContain('not for the web');
  });

  it('says how to build it while it is not built', async () => {
    const bare = await start(join(directory.path, 'nothing-here'));
    const { status, text, headers } = await bare.raw({ path: '/' });
    await bare.stop();
    expect(status).toBe(503);
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toContain('npm run build:web');
  });
});
