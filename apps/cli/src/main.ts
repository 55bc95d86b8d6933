import { randomIds, systemClock } from '@jamie/runtime';
import { runCli } from './run-cli.ts';

// Whoever reads us may stop early, as `head` does: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const code = await runCli(process.argv.slice(2), {
  writeOut: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  isInteractive: process.stdout.isTTY === true,
  columns: process.stdout.columns ?? 100,
  clock: systemClock,
  ids: randomIds,
});
// `start` goes on after this, and may have failed by now: its own exit code stands.
if (code !== 0) process.exitCode = code;
