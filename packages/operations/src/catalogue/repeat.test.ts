import type { DirectOperation, KubeObject, Step } from '@jamie/core';
import { isOpsError } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareTarget } from '../execution/compare-target.ts';
import { person } from '../operations-world.fixture.ts';
import { arbitraryOperation, CatalogueWorld, POSSIBLE, prepare } from './catalogue-world.fixture.ts';

let world: CatalogueWorld;

beforeEach(() => {
  world = new CatalogueWorld();
});

afterEach(() => world.destroy());

const operations: readonly (readonly [string, DirectOperation])[] = Object.values(POSSIBLE)
  .flat()
  .map((operation) => [
    'target' in operation ? `${operation.kind} of a ${operation.target.kind}` : operation.kind,
    operation,
  ]);

/** Sends a request as it is, whatever the world looks like; refusals are what the second sending is about. */
async function sendBlind(step: Step, resourceVersion: string | undefined): Promise<void> {
  const permit = world.context.permits.mint(
    { planId: 'p-00000000' as never, cluster: 'test', identity: person('ada').kubernetes },
    [step.request],
  );
  try {
    await world.cluster.connect().writer.send(step.request, resourceVersion, permit);
  } catch (error) {
    if (!isOpsError(error, 'conflict') && !isOpsError(error, 'not_found')) throw error;
  }
}

function find(step: Step): KubeObject | undefined {
  const { kind, namespace, name } = step.target.ref;
  return world.cluster
    .objects()
    .find(
      (each) => each.kind === kind && each.metadata.namespace === namespace && each.metadata.name === name,
    );
}

/** An API server keeps no empty maps where it has none by itself. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [key, withoutEmpty(member)] as const);
  return Object.fromEntries(members.filter(([, member]) => JSON.stringify(member ?? {}) !== '{}'));
}

/** Sends every step of a plan twice, with the version that it was read at and with a fresh one. */
async function sendTwice(steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const before = find(step)?.metadata.resourceVersion;
    const written = world.cluster.writes.length;
    await sendBlind(step, before);
    const once = structuredClone(find(step));
    expect(world.cluster.writes).toHaveLength(written + 1);
    await sendBlind(step, before);
    await sendBlind(step, find(step)?.metadata.resourceVersion);
    expect(find(step)).toEqual(once);
    expect(world.cluster.writes).toHaveLength(written + 1);
  }
}

describe('every compiled request', () => {
  it.each(operations)('of %s changes nothing twice when it is sent twice', async (_name, operation) => {
    prepare(world, operation);
    await sendTwice((await world.plan(operation)).steps);
  });

  it('changes nothing twice, whatever its parameters are', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryOperation, async (operation) => {
        await world.destroy();
        world = new CatalogueWorld();
        const result = await world.ask(operation);
        if (result.kind === 'refused') expect(result.reason).toBe('no_change');
        else await sendTwice(result.record.plan.steps);
      }),
      { numRuns: 25 },
    );
  });

  it.each(operations)('of %s is found done by whoever looks before sending', async (_name, operation) => {
    prepare(world, operation);
    const plan = await world.plan(operation);
    for (const step of plan.steps) {
      const before = find(step);
      expect(compareTarget(step, before, world.context.digest).kind).toBe('as_previewed');
      await sendBlind(step, before?.metadata.resourceVersion);
      expect(compareTarget(step, find(step), world.context.digest).kind).toBe('in_effect');
    }
  });

  it.each(operations)('of %s is taken back by its way back, where it has one', async (_name, operation) => {
    prepare(world, operation);
    const plan = await world.plan(operation);
    const content = (object: KubeObject | undefined) => {
      if (object === undefined) return undefined;
      const { labels = {}, annotations = {} } = object.metadata;
      return withoutEmpty({ spec: object.spec, data: object['data'], labels, annotations });
    };
    const before = plan.steps.map((step) => content(find(step)));
    for (const step of plan.steps) await sendBlind(step, find(step)?.metadata.resourceVersion);
    for (const step of [...plan.rollback].reverse()) {
      expect(compareTarget(step, find(step), world.context.digest).kind).toBe('as_previewed');
      await sendBlind(step, find(step)?.metadata.resourceVersion);
      expect(compareTarget(step, find(step), world.context.digest).kind).toBe('in_effect');
    }
    for (const [index, step] of plan.steps.entries()) {
      const isTakenBack = plan.rollback.some(({ id }) => id === `${step.id}-rollback`);
      if (isTakenBack) expect(content(find(step))).toEqual(before[index]);
      else expect(plan.preview.warnings.join(' ')).toMatch(/cannot be|no way back|is new|taken back/);
    }
  });
});
