import type { BsonDocument } from './bson-document.ts';

/** Which commands a fault meets. Names as on the wire, such as `findAndModify`; the handshake is never met unless named. */
export interface FaultTarget {
  /** Absent: every command but hello. */
  readonly commands?: readonly string[];
  /** Looks at the command itself. */
  readonly when?: (body: BsonDocument) => boolean;
  /** How often; default 1. */
  readonly times?: number;
  /** How many commands that it would meet pass unharmed first; default 0. */
  readonly skip?: number;
}

/** What goes wrong. */
export type MongodbFault = FaultTarget &
  (
    | {
        /** The connection breaks, before the command has taken effect or after. */
        readonly kind: 'drop_connection';
        readonly moment: 'before_effect' | 'after_effect';
      }
    | {
        /** The command takes effect, or the answer goes out, this much later by the injected clock. */
        readonly kind: 'delay';
        readonly moment: 'before_effect' | 'after_effect';
        readonly durationMs: number;
      }
    | {
        /** The command answers this error and has no effect. */
        readonly kind: 'error';
        readonly code: number;
        readonly message?: string;
        /** Absent: the labels that the server gives such a code. */
        readonly errorLabels?: readonly string[];
      }
    | {
        /** The command takes effect and says that its write concern was not met. */
        readonly kind: 'write_concern_error';
        readonly code: number;
        readonly message?: string;
      }
  );

interface ArmedFault {
  readonly fault: MongodbFault;
  toSkip: number;
  left: number;
}

/** The faults that a test has ordered and that have not all happened. */
export class FaultPlan {
  readonly #armed: ArmedFault[] = [];

  order(fault: MongodbFault): void {
    this.#armed.push({ fault, toSkip: fault.skip ?? 0, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#armed.length = 0;
  }

  /** How many faults have still to happen. */
  get pending(): number {
    return this.#armed.reduce((sum, { left }) => sum + left, 0);
  }

  /** The fault that this command meets; it is used up by that. */
  take(name: string, body: BsonDocument): MongodbFault | undefined {
    for (const armed of this.#armed) {
      if (!meets(armed.fault, name, body)) continue;
      if (armed.toSkip > 0) {
        armed.toSkip -= 1;
        continue;
      }
      armed.left -= 1;
      if (armed.left === 0) this.#armed.splice(this.#armed.indexOf(armed), 1);
      return armed.fault;
    }
    return undefined;
  }
}

function meets({ commands, when }: FaultTarget, name: string, body: BsonDocument): boolean {
  const isNamed =
    commands === undefined ? !['hello', 'isMaster', 'ismaster'].includes(name) : commands.includes(name);
  return isNamed && (when === undefined || when(body));
}
