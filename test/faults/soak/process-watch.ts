import { readdirSync, readFileSync } from 'node:fs';
import type { ProcessSample } from './judge-growth.ts';

const PAGE_BYTES = 4_096;

/** One life of a process, from its start to its end, as /proc shows it. */
export interface ProcessLife {
  readonly name: string;
  readonly processId: number;
  readonly samples: readonly ProcessSample[];
}

/** Looks at processes again and again; one that is started anew begins another life. */
export class ProcessWatch {
  readonly #lives = new Map<number, { name: string; bornAt: number; samples: ProcessSample[] }>();

  /** Takes one sample of a process; one that has just ended gives none. `now` in milliseconds of any clock that only rises. */
  look(name: string, processId: number, now: number): void {
    const held = readHeld(processId);
    if (held === undefined) return;
    const life = this.#lives.get(processId) ?? { name, bornAt: now, samples: [] };
    this.#lives.set(processId, life);
    life.samples.push({ atMs: now - life.bornAt, ...held });
  }

  get lives(): readonly ProcessLife[] {
    return [...this.#lives].map(([processId, { name, samples }]) => ({ name, processId, samples }));
  }
}

/** What a process holds now; undefined when there is none of this number. */
function readHeld(processId: number): Omit<ProcessSample, 'atMs'> | undefined {
  try {
    const [, residentPages = '0'] = readFileSync(`/proc/${processId}/statm`, 'utf8').split(' ');
    const openFiles = readdirSync(`/proc/${processId}/fd`).length;
    const rssBytes = Number(residentPages) * PAGE_BYTES;
    // Dead, and not yet fetched by its parent.
    return rssBytes === 0 ? undefined : { rssBytes, openFiles };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES';
}
