import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Paths, from the root, of what git knows or would add and what is really there. */
export function listFiles(isWanted: (path: string) => boolean): readonly string[] {
  const listed = execFileSync(
    'git',
    ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return [...new Set(listed.split('\0'))]
    .filter((path) => path !== '' && isWanted(path) && existsSync(join(ROOT, path)))
    .sort();
}

export function readFile(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Our own code that ships: no tests, no contracts, no test worlds. */
export function isProductCode(path: string): boolean {
  return (
    /^(packages|apps)\/.*\.tsx?$/.test(path) &&
    !/\.(test|contract|fixture)\.tsx?$|\/src\/testing\//.test(path)
  );
}

/** A line of a file with the comments blanked out, so that prose about a call is not taken for the call. */
export function linesOfCode(path: string): readonly { readonly number: number; readonly text: string }[] {
  return readFile(path)
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '))
    .split('\n')
    .map((text, index) => ({ number: index + 1, text: text.replace(/(^|\s)\/\/.*$/, '') }));
}

/** Specifiers that a file imports as values when it is loaded: types are gone then, and `import()` comes later. */
export function valueImportsOf(path: string): readonly string[] {
  const code = linesOfCode(path)
    .map(({ text }) => text)
    .join('\n');
  const found = code.matchAll(/\b(import|export)\s+(type\s+)?[^;'"]*?from\s*['"]([^'"]+)['"]/g);
  return [...found].filter(([, , type]) => type === undefined).map(([, , , specifier = '']) => specifier);
}
