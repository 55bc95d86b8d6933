/**
 * Ends the processes whose ids it reads, one a line, when its standard input closes without the word `done`: the
 * process that started them died and could not do it. Then removes the directory given as its argument.
 */
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const directory = process.argv[2];
const pids: number[] = [];
let orderly = false;

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // Already gone is what we want; anything else is worth an exit code.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') process.exitCode = 1;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'done') orderly = true;
  else pids.push(Number(line));
}
if (!orderly) {
  for (const pid of pids.reverse()) end(pid);
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
}
