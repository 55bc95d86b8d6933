import { type Installation, type Installations, OpsError } from '@jamie/core';

/** Installations in memory, shared by whoever holds it, as two processes share a database. */
export class FakeInstallations implements Installations {
  /** Fails this many of the next calls of put, as a store that is locked would. */
  failures = 0;
  readonly #byTeam = new Map<string, Installation>();

  async find(teamId: string): Promise<Installation | undefined> {
    return this.#byTeam.get(teamId);
  }

  async list(): Promise<readonly Installation[]> {
    return [...this.#byTeam.values()].toSorted((left, right) => (left.teamId < right.teamId ? -1 : 1));
  }

  async put(installation: Installation, expectedVersion: number): Promise<'stored' | 'conflict'> {
    if (installation.version !== expectedVersion + 1) {
      throw new OpsError('invalid_input', 'an update must carry the expected version plus one');
    }
    if (this.failures > 0) {
      this.failures -= 1;
      throw new OpsError('unavailable', 'the store is locked');
    }
    if ((this.#byTeam.get(installation.teamId)?.version ?? 0) !== expectedVersion) return 'conflict';
    this.#byTeam.set(installation.teamId, installation);
    return 'stored';
  }

  async remove(teamId: string): Promise<void> {
    this.#byTeam.delete(teamId);
  }
}
