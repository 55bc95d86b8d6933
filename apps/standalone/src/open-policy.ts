import type { AuditEntry, Check, Clock, CorrelationId, IdSource, Logger, OpsError, Store } from '@jamie/core';
import { BUILT_IN_POLICY, type PolicyBook, type PolicySource } from '@jamie/policy';
import {
  createRegularLook,
  parsePolicyText,
  policyInvalid,
  type RegularLook,
  readPolicyText,
  sha256,
} from '@jamie/runtime';

/** How often the file is looked at, in milliseconds. */
const LOOK_EVERY_MS = 5_000;

export interface PolicyOptions {
  /** Absent: what is built in is in force. */
  readonly path?: string;
  readonly store: Pick<Store, 'commit'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly logger: Logger;
}

/** The rules in force, which follow their file. */
export interface OpenPolicy extends PolicySource {
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly check: Check;
}

/**
 * Opens the team's policy. Throws config_invalid with every problem when it cannot be read or is not valid. From then on
 * a change of the file is taken only when all of it is valid; otherwise what was valid last stays in force, and the log
 * and `doctor` say so. Every change of the rules is on the audit record.
 */
export async function openPolicy(options: PolicyOptions): Promise<OpenPolicy> {
  if (options.path === undefined) return builtIn();
  const text = await readPolicyText(options.path);
  return new FilePolicy(options, options.path, { text, book: await readBook(options.path, text) });
}

interface InForce {
  readonly text: string;
  readonly book: PolicyBook;
}

class FilePolicy implements OpenPolicy {
  readonly #options: PolicyOptions;
  readonly #path: string;
  #inForce: InForce;
  /** The text that was looked at last, valid or not. */
  #seen: string;
  #problem = '';
  readonly #looks: RegularLook;

  constructor(options: PolicyOptions, path: string, inForce: InForce) {
    this.#options = options;
    this.#path = path;
    this.#inForce = inForce;
    this.#seen = inForce.text;
    const { clock } = options;
    this.#looks = createRegularLook({
      clock,
      intervalMs: LOOK_EVERY_MS,
      look: () => this.#look(),
      failed: (error) => this.#keep(error),
    });
  }

  current(): PolicyBook {
    return this.#inForce.book;
  }

  async start(): Promise<void> {
    await this.#note('policy.in_force', {});
    await this.#looks.start();
  }

  stop(): Promise<void> {
    return this.#looks.stop();
  }

  readonly check: Check = async () => {
    const detail = `${this.#path}, ${this.#inForce.book.version}`;
    if (this.#problem === '') return { name: 'team policy', status: 'ok', detail, mend: '' };
    return {
      name: 'team policy',
      status: 'warning',
      detail: `${detail} is in force; the file has changed to something that is not valid`,
      mend: `jamie policy check ${this.#path}`,
    };
  };

  async #look(): Promise<void> {
    const text = await readPolicyText(this.#path);
    if (text === this.#seen) return;
    this.#seen = text;
    const book = await readBook(this.#path, text);
    const before = this.#inForce.book.version;
    this.#inForce = { text, book };
    this.#problem = '';
    this.#options.logger.info('the policy changed', { before, version: book.version });
    await this.#note('policy.changed', { before });
  }

  /** What was valid last stays in force. */
  #keep(error: OpsError): void {
    if (error.message === this.#problem && error.code === 'config_invalid') return;
    this.#problem = error.message;
    this.#options.logger.error('the changed policy is not valid, and the last valid one stays in force', {
      path: this.#path,
      version: this.#inForce.book.version,
      err: error,
    });
  }

  async #note(kind: AuditEntry['kind'], details: Readonly<Record<string, string>>): Promise<void> {
    const { store, clock, ids } = this.#options;
    const correlationId = ids.next('policy') as CorrelationId;
    const { version } = this.#inForce.book;
    const entry = { at: clock.now(), kind, actor: 'system', correlationId, details: { version, ...details } };
    await store.commit([{ kind: 'audit.append', entry }]);
  }
}

async function readBook(path: string, text: string): Promise<PolicyBook> {
  // The language of conditions is loaded only where there is a policy.
  const { compileTeamPolicy, toPolicyBook } = await import('@jamie/policy/team');
  const reading = compileTeamPolicy(await parsePolicyText(path, text), sha256);
  if (reading.kind === 'invalid') throw policyInvalid(path, reading.problems);
  return toPolicyBook(reading.policy);
}

function builtIn(): OpenPolicy {
  return {
    current: () => BUILT_IN_POLICY,
    start: async () => undefined,
    stop: async () => undefined,
    check: async () => ({
      name: 'team policy',
      status: 'off',
      detail: `none; the built-in rules hold (${BUILT_IN_POLICY.version})`,
      mend: 'POLICY_FILE names one; docs/policy.md says what it may hold',
    }),
  };
}
