import type { Program, Run } from '../kubelet/program.ts';

/** The company's registry: exactly the tags that the scenarios push exist in it. */
export const REGISTRY_HOST = 'registry.demo.local';

const MEBIBYTE = 1024 ** 2;

interface ServerProfile {
  readonly name: string;
  readonly port: number;
  readonly memoryMebibytes?: number;
  readonly startupMs?: number;
  /** Paths that answer 200. */
  readonly paths?: readonly string[];
  /** Lines it repeats while it runs. */
  readonly chatter?: readonly string[];
  readonly chatterEveryMs?: number;
}

/** A well-behaved HTTP server with JSON log lines. */
export function serverRun(profile: ServerProfile): Run {
  const { name, port, startupMs = 900, paths = ['/healthz', '/readyz', '/'] } = profile;
  const line = (level: string, message: string): string =>
    `{"time":"{time}","level":"${level}","service":"${name}","msg":"${message}"}`;
  const chatter = profile.chatter ?? [
    'request completed method=GET path=/v1/items status=200 duration_ms=12',
    'request completed method=GET path=/v1/items/4711 status=200 duration_ms=7',
    'request completed method=POST path=/v1/items status=201 duration_ms=31',
  ];
  return {
    startupMs,
    memoryBytes: (profile.memoryMebibytes ?? 90) * MEBIBYTE,
    serves: { port, paths },
    output: [
      { afterMs: 20, text: line('info', `starting ${name}`) },
      { afterMs: 120, text: line('info', 'configuration loaded') },
      { afterMs: startupMs, text: line('info', `listening on :${port}`) },
    ],
    chatter: { everyMs: profile.chatterEveryMs ?? 8_000, lines: chatter.map((text) => line('info', text)) },
  };
}

/** The program of a well-behaved server, the same at every start. */
export function server(profile: ServerProfile): Program {
  const run = serverRun(profile);
  return () => run;
}

/** `registry.demo.local/<repository>:<tag>`. */
export function image(repository: string, tag: string): string {
  return `${REGISTRY_HOST}/${repository}:${tag}`;
}
