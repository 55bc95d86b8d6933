import { describe, expect, it } from '@jest/globals';
import { isProductCode, listFiles, readFile, valueImportsOf } from './tracked-files.ts';

/** What comes with the graph library: a second of CPU and a hundred megabytes. */
const GRAPH_LIBRARY = /^@langchain\/|^@jamie\/store\/(?:mongodb-)?checkpoints$/;
/** The saver itself, which is only ever loaded by `import()`. */
const SAVER = /^packages\/store\/src\/checkpoints\/(?:(?:sqlite|mongo)-checkpoint-saver|checkpoint-key)\.ts$/;

describe('the graph library', () => {
  const files = listFiles((path) => isProductCode(path) && !SAVER.test(path));

  it('is loaded by the first graph that runs, never by a start', () => {
    const early = files.filter((path) => valueImportsOf(path).some((each) => GRAPH_LIBRARY.test(each)));
    expect(early).toEqual([]);
    const late = files.filter((path) =>
      /\bimport\('(?:@langchain\/|@jamie\/store\/checkpoints)/.test(readFile(path)),
    );
    expect(late.length).toBeGreaterThan(2);
  });
});
