import type { Run, RunEffects } from './run-format.ts';

/** Where a replay differs from what was recorded, in words; empty when it does not. */
export function compareEffects(run: Run, replayed: readonly RunEffects[]): readonly string[] {
  return run.steps.flatMap(({ event, effects }, index) =>
    differences(effects, replayed[index] ?? {}, '').map((each) => `step ${index} (${event.kind}) ${each}`),
  );
}

function differences(recorded: unknown, replayed: unknown, path: string): readonly string[] {
  if (!isBranch(recorded) || !isBranch(replayed)) {
    if (recorded === replayed) return [];
    return [`${path}: recorded ${show(recorded)}, replayed ${show(replayed)}`];
  }
  const keys = new Set([...Object.keys(recorded), ...Object.keys(replayed)]);
  return [...keys].flatMap((key) =>
    differences(Reflect.get(recorded, key), Reflect.get(replayed, key), `${path}/${key}`),
  );
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
