#!/usr/bin/env node
// Plain JavaScript for any Node that knows ES modules: it only finds the right Node and hands over.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED_MAJOR = 24;
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));

function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return process.execPath;
  const own = join(modules, '.bin', 'node');
  return existsSync(own) ? own : undefined;
}

const node = findNode();
if (node === undefined) {
  console.error(
    'jamie needs Node ' +
      NEEDED_MAJOR +
      ' or newer, and this is ' +
      process.versions.node +
      '. Run "npm ci" in the repository, which brings the right one, or install Node ' +
      NEEDED_MAJOR +
      '.',
  );
  process.exit(1);
}

// Small spaces for young objects: a third less memory at rest, and no slower.
const flags = ['--max-semi-space-size=8', '--disable-warning=ExperimentalWarning'];
const child = spawn(node, [...flags, main, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: Object.assign({ NODE_COMPILE_CACHE: join(modules, '.cache', 'node') }, process.env),
});

for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) {
  process.on(signal, () => {
    // A terminal sends Ctrl-C to the child as well; twice would mean "at once".
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on('error', (error) => {
  console.error(`jamie could not start ${node}: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => {
  if (signal === null) process.exit(code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
