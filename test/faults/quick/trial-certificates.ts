import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a server shows of itself. PEM texts. */
export interface ServerIdentity {
  readonly cert: string;
  readonly key: string;
}

/** Identities of one server on loopback, all signed by one authority. */
export interface TrialCertificates {
  /** PEM of the authority, which a client trusts. */
  readonly authority: string;
  readonly valid: ServerIdentity;
  /** Its time was over yesterday. */
  readonly expired: ServerIdentity;
  /** Of another host. */
  readonly elsewhere: ServerIdentity;
}

const OWN_NAME = 'subjectAltName=IP:127.0.0.1';
const OTHER_NAME = 'subjectAltName=DNS:elsewhere.example';
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

let made: TrialCertificates | undefined;

/** Made by `openssl` once in a process. Throws where there is none. */
export function trialCertificates(): TrialCertificates {
  made ??= makeCertificates();
  return made;
}

function makeCertificates(): TrialCertificates {
  const directory = mkdtempSync(join(tmpdir(), 'jamie-certificates-'));
  const openssl = (...words: readonly string[]) =>
    execFileSync('openssl', words, { cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
  const read = (name: string) => readFileSync(join(directory, name), 'utf8');
  const sign = (name: string, days: number, subjectName: string): ServerIdentity => {
    writeFileSync(join(directory, `${name}.ext`), subjectName);
    openssl('req', ...NEW_KEY, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    openssl(
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key'],
      ...['-days', String(days), '-extfile', `${name}.ext`, '-out', `${name}.pem`],
    );
    return { cert: read(`${name}.pem`), key: read(`${name}.key`) };
  };
  try {
    openssl('req', '-x509', ...NEW_KEY, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=trials');
    return {
      authority: read('ca.pem'),
      valid: sign('valid', 1, OWN_NAME),
      expired: sign('expired', -1, OWN_NAME),
      elsewhere: sign('elsewhere', 1, OTHER_NAME),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
