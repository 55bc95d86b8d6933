import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Defect } from './defect.ts';

const SCOPE = '@jamie';

/** A throw-away copy of the working tree in which defects can be seeded. */
export interface WorkingCopy {
  readonly root: string;
  /** Seeds a defect; the returned function takes it out again. Throws when its text is not there exactly once. */
  seed(defect: Defect): () => void;
  remove(): void;
}

/**
 * Copies what git knows or would add. Third-party modules are links to the originals; our own packages are links into
 * the copy, so that every import of them sees the copy's text.
 */
export function createWorkingCopy(source: string): WorkingCopy {
  const root = mkdtempSync(join(tmpdir(), 'jamie-mutants-'));
  const listed = execFileSync(
    'git',
    ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: source,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  for (const file of listed.split('\0')) {
    if (file === '' || !existsSync(join(source, file))) continue;
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(join(source, file), join(root, file));
  }
  linkModules(source, root);
  return {
    root,
    seed(defect) {
      const path = join(root, defect.file);
      const text = readFileSync(path, 'utf8');
      writeFileSync(path, withDefect(text, defect));
      return () => writeFileSync(path, text);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** The text with the defect in it. Throws when `find` does not occur exactly once, or changes nothing. */
function withDefect(text: string, { name, file, find, replace }: Defect): string {
  const count = find === '' ? 0 : text.split(find).length - 1;
  if (count !== 1)
    throw new Error(`defect "${name}": its text occurs ${count} times in ${file}, wanted exactly once`);
  if (find === replace) throw new Error(`defect "${name}" changes nothing`);
  return text.replace(find, () => replace);
}

function linkModules(source: string, root: string): void {
  const modules = join(root, 'node_modules');
  mkdirSync(join(modules, SCOPE), { recursive: true });
  for (const entry of readdirSync(join(source, 'node_modules'))) {
    if (entry === SCOPE || entry === '.cache') continue;
    symlinkSync(join(source, 'node_modules', entry), join(modules, entry));
  }
  for (const workspace of ['packages', 'apps']) {
    for (const folder of readdirSync(join(root, workspace))) {
      const home = join(root, workspace, folder);
      const manifest = join(home, 'package.json');
      if (!existsSync(manifest)) continue;
      const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { name: string };
      symlinkSync(home, join(modules, name));
      const nested = join(source, workspace, folder, 'node_modules');
      if (existsSync(nested)) symlinkSync(nested, join(home, 'node_modules'));
    }
  }
}
