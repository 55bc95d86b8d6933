import type { EmulatedMessage } from '@jamie/testing';
import { unless } from './changes/change.ts';
import { checkRecords } from './check-records.ts';
import type { TrialWorld } from './trial-world.ts';

/** What of the invariants does not hold at the end of a trial of a change; empty when all do. The program has ended. */
export async function checkChange(world: TrialWorld): Promise<readonly string[]> {
  return [
    ...(await checkCluster(world)),
    ...checkChannel(world),
    ...(await checkRecords(world.program, world.change)),
    ...(await checkRedis(world)),
  ];
}

/** The same for a trial of a question: one answer, and nothing written. */
export async function checkQuestion(world: TrialWorld): Promise<readonly string[]> {
  const writes = await world.backend.writesTo(world.deployment);
  return [
    ...unless(writes.length === 0, `a question wrote to the cluster: ${JSON.stringify(writes)}`),
    ...checkChannel(world),
    ...(await checkRecords(world.program, undefined)),
  ];
}

/** One effect of each step, in order, counted by the API server itself. */
async function checkCluster({ backend, deployment, change }: TrialWorld): Promise<readonly string[]> {
  const writes = await backend.writesOf(deployment);
  const effects = writes
    .filter(({ code }) => code < 300)
    .map(({ verb, resource, name }) => `${verb} ${resource} ${name}`);
  const isAsPlanned =
    effects.length === change.effects.length &&
    change.effects.every((pattern, index) => pattern.test(effects[index] ?? ''));
  const wanted = change.effects.map(String).join(', ');
  return [
    ...unless(isAsPlanned, `effects ${JSON.stringify(writes)} instead of ${wanted}`),
    ...(await change.judge()),
  ];
}

/**
 * Nothing twice in the channel. What a run shows of its work while that takes longer than a moment is a stream; where the
 * answer did not end it, it carries no mark of one, and is not counted as one.
 */
function checkChannel(world: TrialWorld): readonly string[] {
  const { expectedMessages: expected } = world;
  const answers = world.ours().filter((message) => !showsWorkAlone(message));
  const ours = answers.map(({ text }) => text.slice(0, 200));
  return unless(
    ours.length === expected,
    `${ours.length} messages instead of ${expected}: ${JSON.stringify(ours)}`,
  );
}

function showsWorkAlone({ stream, metadata }: EmulatedMessage): boolean {
  return stream !== undefined && metadata === undefined;
}

/** A job that failed for good is work that nobody does. */
async function checkRedis({ redis }: TrialWorld): Promise<readonly string[]> {
  if (redis === undefined) return [];
  const keys = (await redis.command('KEYS', '*:failed')).split('\n').filter((key) => key !== '');
  const counts = await Promise.all(keys.map((key) => redis.command('ZCARD', key)));
  return unless(
    counts.every((count) => count === '0'),
    `failed jobs in Redis: ${keys.join(', ')}`,
  );
}
