import { openSync, writeSync } from 'node:fs';
import { boundaryId, type DeathOrder } from './death-order.ts';

/** Called at every boundary; nothing after it happens before it has returned, or what it promises has resolved. */
export type PassBoundary = (name: string) => void | Promise<void>;

/**
 * Writes every boundary that this process passes into a log and carries out its orders there, each once. The log line is
 * with the operating system before the process dies, and the signal is its last instruction: nothing after the boundary
 * runs.
 */
export function createBoundaryHook(logPath: string, orders: readonly DeathOrder[]): PassBoundary {
  const log = openSync(logPath, 'a');
  const passed = new Map<string, number>();
  const open = new Set(orders);
  return (name) => {
    const occurrence = (passed.get(name) ?? 0) + 1;
    passed.set(name, occurrence);
    const id = boundaryId(name, occurrence);
    writeSync(log, `${id}\n`);
    for (const order of open) {
      if (!order.at.includes(id)) continue;
      open.delete(order);
      process.kill(process.pid, order.action === 'stop' ? 'SIGSTOP' : 'SIGKILL');
    }
  };
}
