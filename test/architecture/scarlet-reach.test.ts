import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isProductCode, linesOfCode, listFiles, valueImportsOf } from './tracked-files.ts';

const SCARLET = 'packages/agents/src/scarlet/';
const GRAPH_FOLDERS = /^packages\/agents\/src\/(?:jamie|scarlet|graphs)\//;
/** What decides, sends, or gives the right to send. */
const AUTHORITY =
  /@jamie\/(?:operations|policy|kubernetes)|\.(?:vote|execute|rollBack|verify|expire|freeze|send|mint)\(|[pP]ermit/;

/** Every file of ours that runs when one of these does. */
function reachOf(paths: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const queue = [...paths];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    const near = valueImportsOf(path).filter((specifier) => specifier.startsWith('.'));
    queue.push(...near.map((specifier) => normalize(join(dirname(String(path)), specifier))));
  }
  return reached;
}

function authorityIn(paths: Iterable<string>): readonly string[] {
  return [...paths].flatMap((path) =>
    linesOfCode(path)
      .filter(({ text }) => AUTHORITY.test(text) && !/^\s*import type\b/.test(text))
      .map(({ number, text }) => `${path}:${number}: ${text.trim()}`),
  );
}

describe('Scarlet', () => {
  const own = listFiles((path) => path.startsWith(SCARLET) && isProductCode(path));

  it('reaches nothing that votes, executes or gives a right to write', () => {
    expect(own.length).toBeGreaterThan(3);
    expect(authorityIn(reachOf(own))).toEqual([]);
  });

  it('would be found out if she did', () => {
    expect(authorityIn(['packages/agents/src/commands/decide.ts'])).not.toEqual([]);
    expect(reachOf(own)).toContain('packages/agents/src/graphs/graph-options.ts');
  });
});

describe('the nodes of a graph', () => {
  it('commit nothing: only code outside the graphs writes to the store', () => {
    const nodes = listFiles(
      (path) => GRAPH_FOLDERS.test(path) && isProductCode(path) && /nodes\/|-graph\.ts$/.test(path),
    );
    expect(nodes.length).toBeGreaterThan(6);
    const commits = nodes.flatMap((path) =>
      linesOfCode(path).filter(({ text }) => /\.commit\(|\.removeOutbox\(|\.add\(/.test(text)),
    );
    expect(commits).toEqual([]);
  });
});
