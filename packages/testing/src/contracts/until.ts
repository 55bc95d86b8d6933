import { setImmediate as turn } from 'node:timers/promises';

/**
 * Waits for a condition in turns of the event loop; throws when it does not come true within ten seconds, with `what` or
 * the text of the condition.
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what = String(condition),
): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await turn();
  }
}
