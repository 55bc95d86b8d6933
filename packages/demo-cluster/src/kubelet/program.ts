/** What a program can see when it starts: its settings and how much memory it may use. */
interface ProgramContext {
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryLimitBytes: number | undefined;
  /** How often it was started in this pod before. */
  readonly restartCount: number;
}

/** One line of output, and how long after the start it is written. */
interface LogLine {
  readonly afterMs: number;
  readonly text: string;
}

/** What the program does from start to end, decided when it starts. */
export interface Run {
  /** Until it listens and its readiness probe can pass. */
  readonly startupMs: number;
  readonly memoryBytes: number;
  readonly output: readonly LogLine[];
  /** Repeated for as long as it runs. */
  readonly chatter?: { readonly everyMs: number; readonly lines: readonly string[] };
  /** It ends by itself. Absent: it runs until it is stopped. */
  readonly exit?: { readonly afterMs: number; readonly code: number };
  /** Where it listens and which paths answer 200. Absent: every probe passes. */
  readonly serves?: { readonly port: number; readonly paths: readonly string[] };
  /** What every readiness probe gets instead of a success. */
  readonly notReady?: string;
}

/** The programs behind the images, keyed by `repository:tag`: the one place that knows how a pod behaves. */
export type Program = (context: ProgramContext) => Run;

/** An image registry: which tags exist, and what they run. */
export class ImageCatalog {
  readonly #programs = new Map<string, Program>();
  readonly #deleted = new Set<string>();
  readonly #host: string;

  /** `host` is the registry whose content is exactly what was added; other registries have every tag. */
  constructor(host: string) {
    this.#host = host;
  }

  add(image: string, program: Program): void {
    this.#programs.set(image, program);
    this.#deleted.delete(image);
  }

  /** Deletes a tag, of any registry. Pods that run it keep running. */
  delete(image: string): void {
    this.#programs.delete(image);
    this.#deleted.add(image);
  }

  /** The program of an image, or undefined when the registry does not have it. */
  find(image: string): Program | undefined {
    const known = this.#programs.get(image);
    if (known !== undefined) return known;
    if (this.#deleted.has(image) || image.startsWith(`${this.#host}/`)) return undefined;
    const tag = image.slice(image.lastIndexOf(':') + 1);
    if (tag.startsWith('missing')) return undefined;
    if (tag.startsWith('once')) return finishingProgram;
    return tag.startsWith('crash') ? crashingProgram : plainServer;
  }
}

const plainServer: Program = () => ({
  startupMs: 500,
  memoryBytes: 24 * 1024 ** 2,
  output: [
    { afterMs: 0, text: 'starting' },
    { afterMs: 500, text: 'ready to accept connections' },
  ],
});

const crashingProgram: Program = () => ({
  startupMs: 500,
  memoryBytes: 24 * 1024 ** 2,
  output: [
    { afterMs: 0, text: 'starting' },
    { afterMs: 400, text: 'fatal: unexpected condition, giving up' },
  ],
  exit: { afterMs: 1000, code: 1 },
});

const finishingProgram: Program = () => ({
  startupMs: 0,
  memoryBytes: 24 * 1024 ** 2,
  output: [
    { afterMs: 0, text: 'starting' },
    { afterMs: 800, text: 'done' },
  ],
  exit: { afterMs: 1000, code: 0 },
});
