import { type Directory, isOpsError, type Logger } from '@jamie/core';
import { LOCAL_IDENTITY, type MappedPeople, mapPeople } from './map-people.ts';
import { type PrincipalsFile, principalsFileSchema } from './principals-file.ts';
import { parsePrincipals, readPrincipalsText } from './read-principals.ts';

/** Whether the directory in force is what the file says now. */
export type DirectoryState =
  /** There is no file: only the local person is known. */
  | { readonly kind: 'no_file' }
  | { readonly kind: 'in_force'; readonly path: string }
  /** The file has changed to something that is not valid; what was valid last is in force. */
  | { readonly kind: 'refused'; readonly path: string; readonly problems: readonly string[] };

/** A directory that follows its file. */
export interface LiveDirectory extends Directory {
  state(): DirectoryState;
}

/** What holds without a file: nobody but the local person, and faults may be healed with the rights of their group. */
export const WITHOUT_FILE: PrincipalsFile = principalsFileSchema.parse({
  automation: { selfHealing: { groups: LOCAL_IDENTITY.groups } },
});

/**
 * Loads the directory of people; `refresh` follows the file from then on. Without a file only the local person and the
 * automation exist.
 * Throws config_invalid with every problem at once when the file cannot be read, is not YAML, or maps anybody to what
 * nobody may be.
 */
export async function loadDirectory(path?: string, logger?: Logger): Promise<LiveDirectory> {
  if (path === undefined) return new FileDirectory(mapPeople(WITHOUT_FILE));
  const text = await readPrincipalsText(path);
  const people = mapPeople(await parsePrincipals(path, text));
  return new FileDirectory(people, { path, text, ...(logger !== undefined && { logger }) });
}

interface FollowedFile {
  readonly path: string;
  readonly text: string;
  readonly logger?: Logger;
}

class FileDirectory implements LiveDirectory {
  #people: MappedPeople;
  readonly #file: FollowedFile | undefined;
  /** The text that `#people` says. */
  #validText: string;
  #problems: readonly string[] = [];
  /** The look under way, and the one that begins after it, for everybody who asks until then. */
  #looking: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(people: MappedPeople, file?: FollowedFile) {
    this.#people = people;
    this.#file = file;
    this.#validText = file?.text ?? '';
  }

  get localPerson(): Directory['localPerson'] {
    return this.#people.localPerson;
  }

  get automation(): Directory['automation'] {
    return this.#people.automation;
  }

  findSlackPerson(
    ...account: Parameters<Directory['findSlackPerson']>
  ): ReturnType<Directory['findSlackPerson']> {
    return this.#people.findSlackPerson(...account);
  }

  mapsEmailsOf(teamId: string): boolean {
    return this.#people.mapsEmailsOf(teamId);
  }

  state(): DirectoryState {
    if (this.#file === undefined) return { kind: 'no_file' };
    const { path } = this.#file;
    return this.#problems.length === 0
      ? { kind: 'in_force', path }
      : { kind: 'refused', path, problems: this.#problems };
  }

  async refresh(): Promise<void> {
    const file = this.#file;
    if (file === undefined) return;
    // A look that began before the caller asked may have missed what they wait for.
    const look = () => {
      this.#next = undefined;
      return this.#look(file);
    };
    if (this.#next === undefined) {
      this.#next = this.#looking.then(look, look);
      this.#looking = this.#next;
    }
    await this.#next;
  }

  async #look({ path, logger }: FollowedFile): Promise<void> {
    try {
      const text = await readPrincipalsText(path);
      if (text !== this.#validText) {
        this.#people = mapPeople(await parsePrincipals(path, text));
        this.#validText = text;
        logger?.info('took the principals file anew', { path });
      } else if (this.#problems.length > 0) {
        logger?.info('the principals file is valid again', { path });
      }
      this.#problems = [];
    } catch (error) {
      if (!isOpsError(error, 'config_invalid')) throw error;
      const problems = error.details['problems'] as readonly string[];
      if (problems.join('\n') !== this.#problems.join('\n')) {
        logger?.error('the principals file is not valid any more; the last valid one stays in force', {
          path,
          problems,
        });
      }
      this.#problems = problems;
    }
  }
}
