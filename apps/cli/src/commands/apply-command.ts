import type { Command } from 'commander';
import { readManifestFile } from '../read-manifest-file.ts';

/** Turns `apply` into the command that takes its manifest from a file, which the shell cannot pass on in words. */
export function addManifestFile<Options extends object>(
  apply: Command,
  run: (words: readonly string[], manifest: string | undefined, options: Options) => Promise<void>,
): void {
  apply
    .usage('-f FILE [-n NAMESPACE] [options]')
    .option('-f, --filename <file>', 'the manifest: YAML or JSON; - reads standard input')
    .action(async (words: string[], options: Options & { readonly filename?: string }) =>
      run(
        words,
        options.filename === undefined ? undefined : await readManifestFile(options.filename),
        options,
      ),
    );
}
