import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { describeFinding, type ExportFinding, verifyExport } from '@jamie/agents/audit';
import { isOpsError, OpsError } from '@jamie/core';
import { createKeyRing, sha256, systemErrorCode } from '@jamie/runtime';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { escapeSteering } from '../clean-text.ts';
import type { CommandContext, OutputOptions } from '../command-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';

interface ExportOptions {
  readonly since?: string;
  readonly until?: string;
  readonly output?: string;
}

interface VerifyOptions extends OutputOptions {
  readonly file?: string;
  readonly key?: string;
}

/** Adds `audit export`, and to `audit verify` the file that an export was kept in. */
export function addAuditCommands(
  audit: Command,
  context: CommandContext,
  askJamie: (text: string, options: OutputOptions) => Promise<void>,
): void {
  audit
    .command('export')
    .summary('write the audit as lines of JSON that others can verify')
    .option('--since <time>', 'only what is not older: 7d, 12h or 2026-08-01', parseTime)
    .option('--until <time>', 'only what is not younger, and on to the next signed head', parseTime)
    .addOption(new Option('--format <name>', 'how it is written').choices(['jsonl']).default('jsonl'))
    .option('--output <file>', 'write it to a new file instead of the screen')
    // Options that audit itself has as well, such as --output, are taken by it wherever they stand.
    .action((_options: ExportOptions, command: Command) =>
      exportAudit(context, command.optsWithGlobals<ExportOptions>()),
    );
  audit
    .command('verify')
    .summary('verify the audit, or with --file an export of it without Jamie')
    .option('--file <export>', 'an export, as audit export writes it')
    .option('--key <id>', 'with --file: the one key that may have signed it; jamie doctor shows its id')
    .option('--json', 'print JSON for scripts')
    .action((_options: VerifyOptions, command: Command) => {
      const options = command.optsWithGlobals<VerifyOptions>();
      return options.file === undefined
        ? askJamie('audit verify', options)
        : verifyFile(context, { ...options, file: options.file });
    });
}

async function exportAudit(context: CommandContext, { since, until, output }: ExportOptions): Promise<void> {
  const now = context.terminal.clock.now();
  const client = await context.connect();
  const lines = await client.exportAudit({
    ...(since !== undefined && { since: instantOf(since, now) }),
    ...(until !== undefined && { until: instantOf(until, now) }),
  });
  if (output === undefined) {
    for await (const text of lines) context.terminal.writeOut(escapeSteering(text));
    return;
  }
  await writeLines(output, lines);
  context.terminal.writeError(`Saved ${output}. Verify it with: jamie audit verify --file ${output}\n`);
}

async function writeLines(path: string, lines: AsyncIterable<string>): Promise<void> {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  const written = finished(file);
  try {
    for await (const text of lines) if (!file.write(text)) await drained(file, written);
    file.end();
    await written;
  } catch (error) {
    file.destroy();
    await written.catch(() => undefined);
    if (isOpsError(error)) throw error;
    throw new OpsError('invalid_input', 'the export cannot be written', {
      userMessage: `${path} cannot be written (${systemErrorCode(error) ?? 'unknown error'}). Name a file that does not exist yet.`,
      cause: error,
    });
  }
}

async function drained(file: ReturnType<typeof createWriteStream>, written: Promise<void>): Promise<void> {
  await Promise.race([new Promise<void>((resolve) => file.once('drain', resolve)), written]);
}

async function verifyFile(
  context: CommandContext,
  { file, key, json }: VerifyOptions & { readonly file: string },
): Promise<void> {
  const finding = await verifyExport(readLines(file), {
    digest: sha256,
    createKeyRing,
    ...(key !== undefined && { trustedKeyId: key }),
  });
  const told = describeExport(finding, file, key);
  context.print(told, (clean) => [clean.headline, ...clean.lines].join('\n'), json === true ? { json } : {});
  context.end(told.holds ? EXIT_CODES.ok : EXIT_CODES.error);
}

function describeExport(finding: ExportFinding, file: string, key: string | undefined) {
  if (finding.kind === 'not_an_export') {
    const headline = `${file} is no whole export: line ${finding.line}, ${finding.why}.`;
    const lines = ['Take it anew with jamie audit export, and compare the two.'];
    return { holds: false, headline, lines };
  }
  const told = describeFinding(finding, { what: 'export', ...(key !== undefined && { keyInUse: key }) });
  const first = finding.walked.last.sequence - finding.walked.records;
  return {
    ...told,
    lines: [
      // What a whole store put back would look like says nothing about a file.
      ...told.lines.filter((line) => !line.includes('AUDIT_HEAD_FILE')),
      ...(finding.isPart ? [`It is a part: what came before number ${first + 1} is not in it.`] : []),
      ...(told.holds && key === undefined
        ? [
            'Its keys came with it: compare them with what jamie doctor shows, and name the right one with --key.',
          ]
        : []),
    ],
  };
}

async function* readLines(path: string): AsyncGenerator<string, void> {
  const input = createReadStream(path, { encoding: 'utf8' });
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    throw new OpsError('invalid_input', 'the export cannot be read', {
      userMessage: `${path} cannot be read. Check the path and its permissions.`,
      cause: error,
    });
  } finally {
    input.destroy();
  }
}

const UNITS_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

function parseTime(text: string): string {
  if (/^\d{1,6}[smhd]$/.test(text) || !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('It must be a time ago such as 7d or 12h, or a date such as 2026-08-01.');
}

function instantOf(text: string, now: number): number {
  const ago = /^(\d{1,6})([smhd])$/.exec(text);
  return ago === null ? Date.parse(text) : now - Number(ago[1]) * (UNITS_MS[ago[2] ?? ''] ?? 0);
}
