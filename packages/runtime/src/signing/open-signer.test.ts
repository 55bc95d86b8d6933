import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTemporaryDirectory, type TemporaryDirectory } from '@jamie/testing';
import { signerContract } from '@jamie/testing/contracts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createKeyRing } from './ed25519.ts';
import { openSigner } from './open-signer.ts';

let directory: TemporaryDirectory;

beforeEach(() => {
  directory = createTemporaryDirectory();
});

afterEach(() => directory.remove());

const dataDir = () => directory.path;
const inDirectory = (name: string) => join(directory.path, name);

function writeKey(name: string, kind: 'ed25519' | 'x25519' = 'ed25519', mode = 0o600): string {
  const { privateKey } = kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  const path = inDirectory(name);
  writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode });
  return path;
}

signerContract({
  name: 'Ed25519',
  create: () => openSigner({ dataDir: dataDir() }),
  createOther: () => openSigner({ dataDir: join(dataDir(), 'other') }),
});

describe('openSigner', () => {
  it('makes a key that only its owner can read, and keeps to it', () => {
    const first = openSigner({ dataDir: dataDir() });
    expect(first).toMatchObject({ isEmbedded: true, keyId: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(statSync(inDirectory('signing-key.pem')).mode & 0o777).toBe(0o600);
    const again = openSigner({ dataDir: dataDir() });
    expect(again.keyId).toBe(first.keyId);
    expect(again.verify('text', first.sign('text'))).toBe(true);
    expect(again.changedFrom).toBeUndefined();
  });

  it('takes the key of the file that it is given', () => {
    const keyFile = writeKey('own.pem');
    const signer = openSigner({ dataDir: dataDir(), keyFile });
    expect(signer.isEmbedded).toBe(false);
    expect(signer.keys.map(({ keyId }) => keyId)).toEqual([signer.keyId]);
  });

  it('still knows what earlier keys signed, and says once that the key has changed', () => {
    const embedded = openSigner({ dataDir: dataDir() });
    const signature = embedded.sign('old');
    const keyFile = writeKey('own.pem');
    const signer = openSigner({ dataDir: dataDir(), keyFile });
    expect(signer).toMatchObject({ changedFrom: embedded.keyId });
    expect(signer.verify('old', signature)).toBe(true);
    expect(signer.keys.map(({ keyId }) => keyId)).toEqual([signer.keyId, embedded.keyId]);
    expect(openSigner({ dataDir: dataDir(), keyFile }).changedFrom).toBeUndefined();
  });

  it('lets others verify with its public keys alone', () => {
    const signer = openSigner({ dataDir: dataDir() });
    expect(createKeyRing(signer.keys).verify('text', signer.sign('text'))).toBe(true);
  });

  it.each([
    [0o640, '0640'],
    [0o604, '0604'],
    [0o620, '0620'],
  ])('refuses a key file of ours with mode %o', (mode, said) => {
    const keyFile = writeKey('own.pem');
    chmodSync(keyFile, mode);
    expect(() => openSigner({ dataDir: dataDir(), keyFile })).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        userMessage: expect.stringContaining(`mode ${said}`),
      }),
    );
  });

  it('names the file and what is wrong with it', () => {
    const notThere = inDirectory('none.pem');
    const noKey = inDirectory('text.pem');
    writeFileSync(noKey, 'hello', { mode: 0o600 });
    for (const [keyFile, why] of [
      [notThere, 'cannot be read (ENOENT)'],
      [noKey, 'holds no private key'],
      [writeKey('other.pem', 'x25519'), 'holds a key of another kind, x25519'],
    ] as const)
      expect(() => openSigner({ dataDir: dataDir(), keyFile })).toThrow(
        expect.objectContaining({
          code: 'config_invalid',
          userMessage: expect.stringContaining(`${keyFile} ${why}`),
        }),
      );
  });

  it('refuses a list of keys to which somebody else has added one', () => {
    openSigner({ dataDir: dataDir() });
    const path = inDirectory('signing-keys.json');
    const list = JSON.parse(readFileSync(path, 'utf8')) as { keys: unknown[] };
    const forger = openSigner({ dataDir: inDirectory('forger') });
    writeFileSync(path, JSON.stringify({ ...list, keys: [...list.keys, ...forger.keys] }));
    expect(() => openSigner({ dataDir: dataDir() })).toThrow(
      expect.objectContaining({ code: 'config_invalid', userMessage: expect.stringContaining(path) }),
    );
    writeFileSync(path, 'no list');
    expect(() => openSigner({ dataDir: dataDir() })).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    );
    rmSync(path);
    expect(openSigner({ dataDir: dataDir() }).keys).toHaveLength(1);
  });

  it('refuses a public key under the id of another', () => {
    const [one] = openSigner({ dataDir: inDirectory('one') }).keys;
    const [two] = openSigner({ dataDir: inDirectory('two') }).keys;
    if (one === undefined || two === undefined) throw new Error('no keys');
    expect(() => createKeyRing([{ keyId: one.keyId, pem: two.pem }])).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    );
  });
});
