import { isOpsError, SILENT_PROGRESS } from '@jamie/core';
import type { CommandRequest } from './command-request.ts';

/**
 * Does some work as one step that the person who waits can see. `describe` says what came of it; it must tell nothing
 * that the person may not read. Changes neither the result nor the error.
 */
export async function inStep<Result>(
  { progress = SILENT_PROGRESS }: Pick<CommandRequest, 'progress'>,
  title: string,
  work: () => Promise<Result>,
  describe: (result: Result) => string | undefined = () => undefined,
): Promise<Result> {
  const step = progress.step(title);
  try {
    const result = await work();
    step.done(describe(result));
    return result;
  } catch (error) {
    step.failed(reasonOf(error));
    throw error;
  }
}

/** What an error says to its person; the message of an error of ours may hold what nobody should read. */
function reasonOf(error: unknown): string {
  if (isOpsError(error, 'cancelled')) return 'Stopped.';
  return (isOpsError(error) ? error.userMessage : undefined) ?? 'This did not work.';
}
