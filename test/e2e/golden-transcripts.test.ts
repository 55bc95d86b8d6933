import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '@jamie/runtime';
import { createStandalone, type Standalone } from '@jamie/standalone';
import { createTemporaryDirectory, RecordingLogger } from '@jamie/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { normaliseTranscript } from '../support/normalise-transcript.ts';
import type { Surface } from '../support/surfaces/surface.ts';
import { terminalSurface } from '../support/surfaces/terminal-surface.ts';

const GOLDEN = fileURLToPath(new URL('./golden/', import.meta.url));

/** What is typed, conversation by conversation; the answers stand in golden/. UPDATE_GOLDEN=1 writes them anew. */
const CONVERSATIONS: Readonly<Record<string, readonly string[]>> = {
  'a-newcomer': ['help', 'help logs', 'clusters', 'whoami', 'thanks'],
  'a-diagnosis': [
    'ask why is checkout crashing?',
    'why it',
    'logs it --previous --tail 3',
    'diff it',
    'ask is everything all right in payments?',
    'why basket',
    'why chekout -n payments',
  ],
  'a-look-around': [
    'health payments',
    'pods -n payments',
    'events promotions -n marketing --warnings',
    'top nodes',
    'use -n payments',
    'pods checkout',
    'use --clear',
  ],
  'a-change': [
    'ask could you scale storefront to five in shop please?',
    'plan',
    'ask no, not during the sale',
    'undo',
    'audit verify',
  ],
  'a-drain': [
    'drain demo-worker-2',
    'ask please drain the node demo-worker-2',
    'drain demo-worker-3',
    'drain demo-worker-1',
    'cordon demo-worker-2',
  ],
  'an-apply': [
    'apply',
    'apply -f greeting.yaml -n shop',
    'apply -f greeting.yaml -n payments',
    'apply -f broken.yaml -n shop',
    'apply -f secret.yaml -n shop',
  ],
  'what-is-not-done': [
    'ask should I restart storefront in shop?',
    "ask don't restart storefront",
    'ask restart storefront if it is down',
    'ask restart storefront and catalog in shop',
    'ask restart storefront tomorrow',
    'ask delete the checkout deployment',
    'scale storefront -n shop',
    'scael storefront 5 -n shop',
    'scale storefront 99999 -n shop',
    'scale deploy/coredns 3 -n kube-system',
    'approve p-00000000',
    'pods -n nowhere',
    'logs checkout --since yesterday',
    'freeze',
  ],
};

/** The files that are named above. */
const FILES: Readonly<Record<string, string>> = {
  'greeting.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: greeting
  namespace: shop
data:
  text: hello
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: catalog
  namespace: shop
spec:
  minAvailable: 1
  selector:
    matchLabels:
      app: catalog
`,
  'broken.yaml': 'apiVersion: v1\nkind: ConfigMap\ndata: [1\n',
  'secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: keys\nstringData:\n  token: none\n',
};

describe('golden transcripts of the demo cluster', () => {
  const directory = createTemporaryDirectory();
  let program: Standalone;
  let terminal: Surface;
  beforeAll(async () => {
    const config = loadConfig({ JAMIE_DATA_DIR: directory.path, JAMIE_PORT: '0' });
    program = createStandalone({ config, logger: new RecordingLogger() });
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(directory.path, name), text);
    await program.start();
    terminal = terminalSurface(directory.path);
  }, 60_000);
  afterAll(async () => {
    await program?.stop();
    directory.remove();
  });

  it.each(Object.entries(CONVERSATIONS))(
    '%s',
    async (name, lines) => {
      const said: string[] = [];
      for (const line of lines) {
        const typed = line.replace(/-f (\S+)/, `-f ${directory.path}/$1`);
        const answer = await terminal.ask(`${typed} --conversation ${name}`);
        said.push(
          `$ jamie ${line}\n${normaliseTranscript(answer.replaceAll(`${directory.path}/`, '')).trim()}\n`,
        );
      }
      const transcript = said.join('\n');
      const path = `${GOLDEN}${name}.txt`;
      if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, transcript);
      expect(transcript).toBe(readFileSync(path, 'utf8'));
    },
    60_000,
  );
});
