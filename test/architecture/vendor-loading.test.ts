import { describe, expect, it } from '@jest/globals';
import { isProductCode, listFiles, readFile, valueImportsOf } from './tracked-files.ts';

/** What only the full-size backends need: the drivers and our code over them. */
const FULL_SIZE = /^(?:mongodb|bullmq|ioredis)$|^@jamie\/(?:database|store)\/mongodb$|^@jamie\/jobs\/bullmq$/;
/** Where that code is, and the one file that joins it and is itself loaded by `import()`. */
const HOME =
  /\/(?:mongodb|bullmq|mongodb-double)\/|\/mongo-|long-bytes|^apps\/standalone\/src\/open-mongodb-storage\.ts$/;

describe('the full-size backends', () => {
  it('cost nothing where they are not configured: only import() reaches them', () => {
    const others = listFiles((path) => isProductCode(path) && !HOME.test(path));
    const early = others.filter((path) => valueImportsOf(path).some((each) => FULL_SIZE.test(each)));
    expect(early).toEqual([]);
    const late = others.filter((path) =>
      /\bimport\('(?:@jamie\/(?:database|store|jobs)\/(?:mongodb|bullmq)|\.\/open-mongodb-storage\.ts)'\)/.test(
        readFile(path),
      ),
    );
    expect(late.length).toBeGreaterThan(2);
    const joining = others.filter((path) =>
      valueImportsOf(path).some((each) => each.includes('open-mongodb-storage')),
    );
    expect(joining).toEqual([]);
  });
});
