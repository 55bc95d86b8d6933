import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAMS = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubectl',
  'kwok',
] as const;

/** The path of each program that a control plane is made of. */
export type Assets = Readonly<Record<(typeof PROGRAMS)[number], string>>;

const BUILD = fileURLToPath(new URL('./build.sh', import.meta.url));

/**
 * Where the programs are: in KUBEBUILDER_ASSETS first, then in the cache that build.sh fills. Undefined when one of
 * them is in neither.
 */
function findAssets(): Assets | undefined {
  const cache = spawnSync(BUILD, ['--where'], { encoding: 'utf8' }).stdout.trim();
  const directories = [process.env['KUBEBUILDER_ASSETS'], cache].filter((path) => path !== undefined);
  const found = PROGRAMS.map((program) => [
    program,
    directories.map((directory) => join(directory, program)).find(isExecutable),
  ]);
  return found.every(([, path]) => path !== undefined) ? (Object.fromEntries(found) as Assets) : undefined;
}

/** Why no control plane can be had on this machine, or undefined when one can. */
export function whyNoControlPlane(): string | undefined {
  if (findAssets() !== undefined || hasGo()) return undefined;
  return 'there is no Go tool chain to build the control plane with, and KUBEBUILDER_ASSETS does not hold it';
}

/** The programs, built first when they are missing: minutes on a machine that has never done it. */
export function obtainAssets(): Assets {
  const found = findAssets();
  if (found !== undefined) return found;
  const built = spawnSync(BUILD, { stdio: ['ignore', 'ignore', 'inherit'] });
  const assets = built.status === 0 ? findAssets() : undefined;
  if (assets === undefined)
    throw new Error(`test/control-plane/build.sh failed with exit code ${built.status}`);
  return assets;
}

function hasGo(): boolean {
  return ['go', '/usr/local/go/bin/go'].some((go) => spawnSync(go, ['version']).status === 0);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
