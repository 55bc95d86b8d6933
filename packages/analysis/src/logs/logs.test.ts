import { aContainer, aCrashingContainer, aDeployed, aSnapshot, terminated } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../diagnose.ts';
import { logsWanted } from './logs-wanted.ts';
import { pickLogLines } from './pick-log-lines.ts';
import { withLogs } from './with-logs.ts';

const NOISE = Array.from(
  { length: 60 },
  (_, index) => `2026-03-14T09:2${index % 10}:00Z INFO request completed status=200 id=${index}`,
).join('\n');

describe('pickLogLines', () => {
  it.each([
    [
      'Go',
      'panic: required setting CURRENCY_TABLE_URL is not set',
      'goroutine 41 [running]:\nmain.(*CurrencyTable).refresh(0xc0001b2000)\n\t/src/checkout/currency_table.go:88 +0x1f4\ncreated by main.main in goroutine 1\n\t/src/main.go:61 +0x2c9',
    ],
    [
      'Java',
      'Exception in thread "main" java.lang.IllegalStateException: no datasource',
      '\tat com.example.Main.run(Main.java:12)\n\tat com.example.Main.main(Main.java:4)\n\t... 12 more',
    ],
    [
      'Node',
      "Error: Cannot find module './config.json'",
      '    at Module._resolveFilename (node:internal/modules/cjs/loader:1145:15)\n    at Object.<anonymous> (/app/index.js:3:14)',
    ],
    [
      '.NET',
      'Unhandled exception. System.InvalidOperationException: no connection string',
      '   at Shop.Program.Main(String[] args) in /src/Program.cs:line 12',
    ],
    ['Ruby', 'app.rb:3:in `fetch\': key not found: "PORT" (KeyError)', "\tfrom app.rb:3:in `<main>'"],
  ])('keeps the head of a %s stack trace and drops its frames', (_language, head, frames) => {
    expect(pickLogLines(`${NOISE}\n${head}\n${frames}`)).toContain(head);
    expect(pickLogLines(`${NOISE}\n${head}\n${frames}`).join('\n')).not.toMatch(
      /Main\.java|loader:1145|Program\.cs|currency_table\.go|from app\.rb/,
    );
  });

  it('keeps the exception at the end of a Python traceback', () => {
    const log = `Traceback (most recent call last):\n  File "/app/main.py", line 3, in <module>\n    os.environ["PORT"]\nKeyError: 'PORT'`;
    expect(pickLogLines(`${NOISE}\n${log}`)).toContain("KeyError: 'PORT'");
    expect(pickLogLines(log).join('\n')).not.toContain('os.environ');
  });

  it('reads levels in JSON and logfmt', () => {
    const log = `{"level":"error","msg":"no route to broker"}\n${NOISE}\nlevel=error msg="broker gone"\n${NOISE}`;
    const picked = pickLogLines(log);
    expect(picked).toContain('{"level":"error","msg":"no route to broker"}');
    expect(picked).toContain('level=error msg="broker gone"');
  });

  it('takes the last words where no line tells of an error', () => {
    expect(pickLogLines('one\ntwo\nthree\nfour')).toEqual(['two', 'three', 'four']);
  });

  it('keeps fatal lines before mere errors when there is not room for all', () => {
    const errors = Array.from(
      { length: 30 },
      (_, index) => `ERROR ${String.fromCharCode(97 + (index % 26))}${'x'.repeat(index)} failed`,
    ).join('\n');
    const picked = pickLogLines(`FATAL cannot bind port\n${errors}`, { maxLines: 5 });
    expect(picked).toHaveLength(5);
    expect(picked[0]).toBe('FATAL cannot bind port');
  });

  it('shows a repeated line once', () => {
    const log = Array.from(
      { length: 50 },
      (_, index) => `09:30:${10 + (index % 50)} ERROR attempt ${index} failed`,
    ).join('\n');
    expect(pickLogLines(log)).toHaveLength(1);
  });

  it('is not deceived by lines that say there were no errors', () => {
    expect(pickLogLines(`finished with 0 errors\n${NOISE}\n`).join('\n')).not.toContain('0 errors');
  });

  it('redacts, strips colours and bounds each line', () => {
    const [line = ''] = pickLogLines(`\u001b[31mERROR\u001b[0m password=hunter2hunter2 ${'x'.repeat(900)}`, {
      maxLineLength: 80,
    });
    expect(line).toMatch(/^ERROR password=\[redacted\] x+…$/);
    expect(line.length).toBeLessThanOrEqual(80);
  });

  it('returns nothing for an empty log', () => {
    expect(pickLogLines('\n \n')).toEqual([]);
  });
});

describe('logsWanted and withLogs', () => {
  const crash = { containers: [aCrashingContainer(1)] };
  const deployed = aDeployed('checkout', [{ revision: 1, pods: [crash, crash] }]);
  const diagnosis = diagnose(aSnapshot().with(deployed.views).build(), { kind: 'cluster' });

  it('wants the previous log of one pod that crashed', () => {
    expect(logsWanted(diagnosis)).toEqual([
      {
        namespace: 'shop',
        pod: 'checkout-hash1-pod0',
        container: 'app',
        previous: true,
        tailLines: 200,
        limitBytes: 65_536,
      },
    ]);
  });

  it('wants the present log of a container that lies there terminated, and of one that is not ready', () => {
    const lying = { containers: [aContainer({ ready: false, restartCount: 2, state: terminated(1) })] };
    const notReady = {
      containers: [aContainer({ ready: false, probes: { readiness: 'GET :80/ every 10 s' } })],
    };
    for (const pod of [lying, notReady]) {
      const views = aDeployed('checkout', [{ revision: 1, pods: [pod] }]).views;
      const wanted = logsWanted(diagnose(aSnapshot().with(views).build(), { kind: 'cluster' }));
      expect(wanted.map((query) => query.previous)).toEqual([false]);
    }
  });

  it('wants at most five logs and none where the program has nothing to say', () => {
    const many = Array.from(
      { length: 9 },
      (_, index) => aDeployed(`app-${index}`, [{ revision: 1, pods: [crash] }]).views,
    );
    expect(
      logsWanted(
        diagnose(
          aSnapshot()
            .with(...many)
            .build(),
          { kind: 'cluster' },
        ),
      ),
    ).toHaveLength(5);
    const oom = {
      containers: [aCrashingContainer(137, { lastState: terminated(137, { reason: 'OOMKilled' }) })],
    };
    const views = aDeployed('checkout', [{ revision: 1, pods: [oom] }]).views;
    expect(logsWanted(diagnose(aSnapshot().with(views).build(), { kind: 'cluster' }))).toEqual([]);
  });

  it('makes evidence of the lines that matter, redacted, and quotes the gravest', () => {
    const [query] = logsWanted(diagnosis);
    if (query === undefined) throw new Error('a log is wanted');
    const text = `connecting to postgres://app:hunter2hunter2@db/x\npanic: no currency table\n\ngoroutine 1 [running]:`;
    const [cause] = withLogs(diagnosis, [{ kind: 'read', query, text, readAt: 7 }]).causes;
    expect(cause?.explanation).toMatch(/Its log says "panic: no currency table"\.$/);
    const logged = cause?.root.evidence.filter((evidence) => evidence.source === 'log') ?? [];
    expect(logged.map((evidence) => [evidence.where, evidence.observedAt])).toEqual([
      ['app (previous)', 7],
      ['app (previous)', 7],
    ]);
    expect(JSON.stringify(cause)).not.toContain('hunter2hunter2');
    expect(new Set(cause?.root.evidence.map((evidence) => evidence.id)).size).toBe(
      cause?.root.evidence.length,
    );
  });

  it('says which log could not be read', () => {
    const [query] = logsWanted(diagnosis);
    if (query === undefined) throw new Error('a log is wanted');
    const result = withLogs(diagnosis, [{ kind: 'unread', query, why: 'you may not read logs' }]);
    expect(result.unchecked.at(-1)).toEqual({
      what: 'previous log of container app of Pod shop/checkout-hash1-pod0',
      why: 'you may not read logs',
    });
    expect(result.causes[0]?.explanation).toBe(diagnosis.causes[0]?.explanation);
  });
});
