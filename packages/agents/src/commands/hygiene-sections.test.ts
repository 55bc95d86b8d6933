import type { HygieneFinding, HygieneGroup } from '@jamie/analysis';
import { diagnose } from '@jamie/analysis';
import type { Reply } from '@jamie/core';
import { aContainerSpec, aNamespace, aPod, aPodSpec, aSnapshot } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { AgentsWorld } from '../agents-world.fixture.ts';
import { withHygiene } from './hygiene-sections.ts';

const DIAGNOSIS = diagnose(aSnapshot().build(), { kind: 'cluster' });
const FAULTS: Reply = {
  tone: 'answer',
  headline: 'demo looks healthy: I found no fault.',
  sections: [{ kind: 'text', lines: ['what is broken'] }],
  proposals: [],
};

function aGroup(code: string, objects: number): HygieneGroup {
  const findings = Array.from(
    { length: objects },
    (_, index): HygieneFinding => ({
      code,
      severity: 'info',
      subject: { kind: 'Deployment', namespace: 'shop', name: `web-${index}` },
      summary: 'uses an image without a tag',
      since: 0,
      evidence: [],
      related: [],
      remedies: [{ label: 'Name a tag', advice: `Name a tag (${code}).` }],
    }),
  );
  return { code, title: 'image without a tag', severity: 'info', objects, findings };
}

describe('withHygiene', () => {
  it('says beneath what is broken what could be tidied up, by detection, and calls none of it a fault', () => {
    const groups = [aGroup('CHK-POD-901', 3), aGroup('CHK-POD-902', 1)];
    const reply = withHygiene(FAULTS, { groups, unchecked: [] }, DIAGNOSIS);
    expect(reply.headline).toBe(
      'demo looks healthy: I found no fault. Hygiene: 4 findings of 2 detections; none of them is a fault.',
    );
    expect(reply.sections).toEqual([
      ...FAULTS.sections,
      {
        kind: 'table',
        title: 'Hygiene',
        columns: ['Code', 'Finding', 'Severity', 'Objects', 'For example'],
        rows: [
          ['CHK-POD-901', 'image without a tag', 'info', '3', 'Deployment shop/web-0'],
          ['CHK-POD-902', 'image without a tag', 'info', '1', 'Deployment shop/web-0'],
        ],
      },
      {
        kind: 'list',
        title: 'What would tidy it up',
        items: ['CHK-POD-901: Name a tag (CHK-POD-901).', 'CHK-POD-902: Name a tag (CHK-POD-902).'],
      },
    ]);
    expect(reply.proposals).toEqual([]);
  });

  it('stays within a message, with every object in a file that has an end as well', () => {
    const groups = Array.from({ length: 40 }, (_, index) => aGroup(`CHK-POD-${900 + index}`, 300));
    const reply = withHygiene(FAULTS, { groups, unchecked: [] }, DIAGNOSIS);
    const table = reply.sections.find((section) => section.kind === 'table');
    expect(table).toMatchObject({ title: 'Hygiene (25 more in the file)' });
    expect(table?.kind === 'table' && table.rows.length).toBe(15);
    const lines = reply.files?.[0]?.text.trimEnd().split('\n') ?? [];
    expect(lines).toHaveLength(1 + 5_000 + 1);
    expect(lines.at(-1)).toBe('7000 more are left out; name a namespace to see fewer.');
  });

  it('says that nothing was found, and what could not be looked at', () => {
    const unchecked = [{ what: 'Ingress without a class', why: 'Jamie may not read Ingresss' }];
    const reply = withHygiene(FAULTS, { groups: [], unchecked }, DIAGNOSIS);
    expect(reply.headline).toMatch(/Hygiene: nothing found\.$/);
    expect(reply.files).toBeUndefined();
    expect(reply.sections.at(-1)).toEqual({
      kind: 'list',
      title: 'Could not check for hygiene',
      items: ['Ingress without a class: Jamie may not read Ingresss'],
    });
  });

  it('does not repeat what the diagnosis could not check either', () => {
    const unchecked = [{ what: 'pods', why: 'unread' }];
    const reply = withHygiene(FAULTS, { groups: [], unchecked }, { ...DIAGNOSIS, unchecked });
    expect(reply.sections).toEqual(FAULTS.sections);
  });
});

describe('--lint', () => {
  it('adds hygiene to health and why, which say nothing of it otherwise', async () => {
    const world = new AgentsWorld();
    const spec = aPodSpec({ containers: [aContainerSpec({ image: 'nginx' })] });
    world.cluster.snapshot = aSnapshot()
      .with(aNamespace('shop'), aPod({ name: 'by-hand', namespace: 'shop', spec }))
      .build();
    for (const asked of ['health shop', 'why pod/by-hand -n shop']) {
      const plain = await world.ask(asked);
      const full = await world.ask(`${asked} --lint`);
      expect(plain.headline).toMatch(/looks healthy: I found no fault\.$/);
      expect(JSON.stringify(plain)).not.toContain('CHK-CON-701');
      expect(full.headline).toMatch(/looks healthy: I found no fault\. Hygiene: \d+ findings/);
      expect(full.files?.[0]?.text).toContain('CHK-CON-701');
    }
    await world.destroy();
  });
});
