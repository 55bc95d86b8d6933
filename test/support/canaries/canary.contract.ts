import { join } from 'node:path';
import { COMMANDS } from '@jamie/agents/grammar';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Canary, canariesIn, formsOf } from './canary.ts';
import { CanaryRun, type CanaryRunOptions } from './canary-run.ts';
import { CANARY_COMMANDS } from './commands.ts';
import { leaksIn, leaksInFiles, leaksInTables } from './sinks.ts';

const RUN_TIMEOUT_MS = 600_000;

export interface CanarySubject {
  readonly name: string;
  readonly open: () => Promise<CanaryRunOptions>;
  readonly close: () => Promise<void>;
}

/** Types every command on every surface among planted secrets, and looks for them wherever something comes out. */
export function canaryContract({ name: where, open, close }: CanarySubject): void {
  describe(`secrets planted in Secrets, environment, logs, annotations, errors and words, ${where}`, () => {
    let run: CanaryRun;
    let canaries: readonly Canary[];
    beforeAll(async () => {
      run = new CanaryRun(await open());
      await run.start();
      const { botToken, appToken, signingSecret } = run.world.slack;
      canaries = [
        ...Object.values(run.planted),
        { name: 'Slack bot token', value: botToken },
        { name: 'Slack app token', value: appToken },
        { name: 'Slack signing secret', value: signingSecret },
        { name: 'key of stored credentials', value: run.credentialsKey },
      ];
      await run.typeEverything();
    }, RUN_TIMEOUT_MS);
    afterAll(async () => {
      await run?.stop();
      await close();
    }, 60_000);

    const leaks = (sink: string, texts: readonly string[]) => [
      ...new Set(texts.flatMap((text) => leaksIn(sink, text, canaries))),
    ];

    it('are looked for with every command of the registry', () => {
      expect(COMMANDS.map(({ name }) => name).filter((name) => !(name in CANARY_COMMANDS))).toEqual([]);
    });

    it('are found by the search in every form', () => {
      for (const canary of canaries) {
        for (const form of formsOf(canary)) expect(canariesIn(`…${form}…`, [canary])).toEqual([canary.name]);
        for (const prefix of ['', 'a', 'ab', 'user:']) {
          const text = Buffer.from(`${prefix}${canary.value}:tail`).toString('base64');
          expect(canariesIn(text, [canary])).toEqual([canary.name]);
        }
      }
    });

    it('never reach Slack', () => {
      const bytes = run.slackBytes();
      expect(bytes.join('\n')).toContain('[redacted]');
      expect(bytes.join('\n')).toContain('leaky-slack');
      expect(leaks('Slack', bytes)).toEqual([]);
    });

    it('never reach an HTTP answer', () => {
      expect(run.api.answers.join('\n')).toContain('[redacted]');
      expect(leaks('HTTP', run.api.answers)).toEqual([]);
    });

    it('never reach the socket of the page', () => {
      expect(run.api.frames.join('\n')).toContain('[redacted]');
      expect(leaks('WebSocket', run.api.frames)).toEqual([]);
    });

    it('never reach the terminal', () => {
      expect(run.printed.join('\n')).toContain('[redacted]');
      expect(leaks('terminal', run.printed)).toEqual([]);
    });

    it('never reach the log, at debug level', () => {
      expect(run.logged.length).toBeGreaterThan(10);
      expect(leaks('log', run.logged)).toEqual([]);
    });

    it('stand in no table but in the pod templates of stored plans', () => {
      const found = leaksInTables(join(run.world.dataDirectory, 'jamie.db'), canaries);
      expect(found.filter((leak) => !isTemplateOfPlan(leak))).toEqual([]);
      expect(found.filter(isTemplateOfPlan)).not.toEqual([]);
    });

    it('stand in no file of the data directory, templates of plans apart', () => {
      const outsideTemplates = canaries.filter(({ name }) => !isTemplateOfPlan(`plans.record: ${name}`));
      expect(leaksInFiles(run.world.dataDirectory, outsideTemplates)).toEqual([]);
      const others = leaksInFiles(run.world.dataDirectory, canaries).filter(
        (leak) => !/^jamie\.db/.test(leak),
      );
      expect(others).toEqual([]);
    });
  });
}

/** What was approved must be what runs: docs/adr/0008-environment-values-in-plans.md. */
function isTemplateOfPlan(leak: string): boolean {
  return /^plans\.record: (?:env [A-Z_]+|argument .*|annotation vault\.token)$/.test(leak);
}
