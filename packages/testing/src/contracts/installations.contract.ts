import type { Installations } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anInstallation } from '../builders/an-installation.ts';

/** Installations under test. */
export interface InstallationsSubject {
  readonly installations: Installations;
  /** Others on the same data, as another thread or process would have. */
  openSecond(): Promise<Installations>;
  /** Closes everything and removes the data. */
  destroy(): Promise<void>;
}

export interface InstallationsContractOptions {
  readonly name: string;
  readonly create: () => Promise<InstallationsSubject>;
}

/** What every Installations promises: one record per team, changed by compare-and-set, from several connections. */
export function installationsContract({ name, create }: InstallationsContractOptions): void {
  describe(`Installations contract: ${name}`, () => {
    let subject: InstallationsSubject;
    let installations: Installations;

    beforeEach(async () => {
      subject = await create();
      installations = subject.installations;
    });

    afterEach(() => subject.destroy());

    it('gives back what was stored, every field of it', async () => {
      const full = anInstallation({ enterpriseId: 'E1', refreshToken: 'xoxe-1', expiresAt: 9_000 });
      expect(await installations.put(full, 0)).toBe('stored');
      expect(await installations.find('T1')).toEqual(full);
      const bare = anInstallation({ teamId: 'T2' });
      await installations.put(bare, 0);
      expect(await installations.find('T2')).toEqual(bare);
    });

    it('knows nothing of a workspace that has none', async () => {
      expect(await installations.find('T404')).toBeUndefined();
      expect(await installations.list()).toEqual([]);
    });

    it('lists every workspace, in the order of the team ids', async () => {
      for (const teamId of ['T3', 'T1', 'T2']) await installations.put(anInstallation({ teamId }), 0);
      expect((await installations.list()).map(({ teamId }) => teamId)).toEqual(['T1', 'T2', 'T3']);
    });

    it('replaces a record only on top of the version that was read', async () => {
      await installations.put(anInstallation(), 0);
      const next = anInstallation({ botToken: 'xoxb-second', version: 2 });
      expect(await installations.put(next, 1)).toBe('stored');
      expect(await installations.put(anInstallation({ botToken: 'xoxb-late', version: 2 }), 1)).toBe(
        'conflict',
      );
      expect(await installations.put(anInstallation({ botToken: 'xoxb-again' }), 0)).toBe('conflict');
      expect(await installations.find('T1')).toEqual(next);
    });

    it('lets one of two rotations at once win, and the other read what won', async () => {
      const second = await subject.openSecond();
      await installations.put(anInstallation(), 0);
      for (let version = 1; version <= 20; version += 1) {
        const results = await Promise.all(
          [installations, second].map((each, place) =>
            each.put(anInstallation({ botToken: `xoxb-${version}-${place}`, version: version + 1 }), version),
          ),
        );
        expect(results.toSorted()).toEqual(['conflict', 'stored']);
        expect(await second.find('T1')).toEqual(await installations.find('T1'));
      }
    });

    it('refuses a record that does not carry the version after the expected one', async () => {
      await expect(installations.put(anInstallation({ version: 3 }), 1)).rejects.toMatchObject({
        code: 'invalid_input',
      });
    });

    it('forgets a workspace and no other, and may be told so twice', async () => {
      await installations.put(anInstallation(), 0);
      await installations.put(anInstallation({ teamId: 'T2' }), 0);
      await installations.remove('T1');
      await installations.remove('T1');
      expect(await installations.find('T1')).toBeUndefined();
      expect((await installations.list()).map(({ teamId }) => teamId)).toEqual(['T2']);
    });

    it('takes a workspace again that was forgotten', async () => {
      await installations.put(anInstallation(), 0);
      await installations.remove('T1');
      const again = anInstallation({ botToken: 'xoxb-again' });
      expect(await installations.put(again, 0)).toBe('stored');
      expect(await installations.find('T1')).toEqual(again);
    });
  });
}
