import type { Reply } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentsWorld } from '../agents-world.fixture.ts';

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
});

afterEach(() => world.destroy());

function rowsOf(reply: Reply, title?: string): readonly (readonly string[])[] {
  return reply.sections.flatMap((section) =>
    section.kind === 'table' && section.title === title ? section.rows : [],
  );
}

const RIGHTS = 'What Kubernetes lets you do in the namespace shop of test';

describe('whoami', () => {
  it('says who a person is to us and to Kubernetes', async () => {
    const reply = await world.ask('whoami');
    expect(reply.headline).toBe('You are Ada; to Kubernetes you are ada.');
    expect(rowsOf(reply)).toEqual([
      ['User', 'ada'],
      ['Groups', 'ops'],
      ['Known to me as', 'slack:T1:U1, from the Slack workspace T1'],
      ['Cluster', 'test (the first that I know)'],
      ['Namespace', 'all'],
    ]);
  });

  it('asks the authoriser what they may do where they look', async () => {
    await world.ask('use -n shop');
    world.cluster.mayAccess = (_identity, { verb }) => verb !== 'patch';
    expect(rowsOf(await world.ask('whoami'), RIGHTS)).toEqual([
      ['Read pods', 'yes', ''],
      ['Read logs', 'yes', ''],
      ['Change Deployments', 'no', expect.any(String)],
    ]);
  });

  it('asks about the namespace that was named, with one review each', async () => {
    const asked: string[] = [];
    world.cluster.mayAccess = ({ user }, { verb, subresource, target }) => {
      asked.push(`${user} ${verb} ${target.kind} ${subresource ?? ''} ${target.namespace}`);
      return true;
    };
    await world.ask('whoami -n payments');
    expect(asked).toEqual([
      'ada list Pod  payments',
      'ada get Pod log payments',
      'ada patch Deployment  payments',
    ]);
  });

  it('says that it cannot tell what they may do while the authoriser does not answer', async () => {
    world.cluster.mayAccess = () => {
      throw new OpsError('unavailable', 'the API server does not answer');
    };
    const reply = await world.ask('whoami -n shop');
    expect(reply.tone).toBe('answer');
    expect(rowsOf(reply, RIGHTS).map(([, allowed]) => allowed)).toEqual(Array(3).fill('cannot tell'));
  });
});
