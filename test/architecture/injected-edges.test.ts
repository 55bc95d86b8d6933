import { describe, expect, it } from '@jest/globals';
import { isProductCode, linesOfCode, listFiles } from './tracked-files.ts';

/** Where the environment may be read. */
const ENVIRONMENT_EDGES = [
  /^packages\/runtime\/src\/config\//,
  /^packages\/testing\//,
  /^apps\/web\/vite\.config\.ts$/,
];

/** Where time and chance enter the program; everything else is handed a Clock and an IdSource. */
const TIME_EDGES = [
  // The clocks and id sources themselves.
  /^packages\/runtime\/src\/(?:system-|random-|clock|ids)[^/]*\.ts$/,
  // Test doubles that stand in for programs with time of their own.
  /^packages\/testing\//,
  // The demo cluster's tokens are secrets: nobody may be able to foresee them.
  /^packages\/demo-cluster\/src\/demo-cluster\.ts$/,
  // The page in the browser draws times and reconnects; no decision is made there.
  /^apps\/web\//,
];

const TIME = /\bDate\.now\(|\bnew Date\(\)|\bsetTimeout\(|\bsetInterval\(|\bMath\.random\(|\brandomUUID\(/;

function findLines(pattern: RegExp, edges: readonly RegExp[]): readonly string[] {
  return listFiles((path) => isProductCode(path) && !edges.some((edge) => edge.test(path))).flatMap((path) =>
    linesOfCode(path)
      .filter(({ text }) => pattern.test(text))
      .map(({ number, text }) => `${path}:${number}: ${text.trim()}`),
  );
}

describe('product code', () => {
  it('reads the environment in the configuration only', () => {
    expect(findLines(/\bprocess\.env\b/, ENVIRONMENT_EDGES)).toEqual([]);
  });

  it('takes time and chance from a Clock and an IdSource, but for the named edges', () => {
    expect(findLines(TIME, TIME_EDGES)).toEqual([]);
  });
});
