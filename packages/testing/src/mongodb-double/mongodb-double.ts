import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type Clock, OpsError } from '@jamie/core';
import { answerRequest, type RecordedCommand } from './answer-request.ts';
import type { MongodbMode } from './command-context.ts';
import { FaultPlan, type MongodbFault } from './faults.ts';
import { createServerMemory, type ServerMemory, type ServerSettings } from './server-memory.ts';
import { serveConnection } from './wire-connection.ts';

export interface MongodbDoubleOptions {
  /** Drives expiry, delays, dates and the life of transactions. Default: the machine's own. */
  readonly clock?: Clock;
  /** Default: a replica set of one member. A standalone has neither transactions nor retryable writes. */
  readonly mode?: MongodbMode;
  /** How long a transaction may stay open, in milliseconds: transactionLifetimeLimitSeconds. Default 60,000. */
  readonly transactionLifetimeMs?: number;
}

/**
 * A server on loopback that speaks MongoDB's wire protocol, for the real driver. It keeps everything in memory and
 * answers what it does not implement with an error (CommandNotFound, an unknown field, NotImplemented).
 */
export interface MongodbDouble {
  /** For MongoClient; it stays the same over every restart. */
  readonly url: string;
  /** Every command that has come, oldest first, those of the driver's monitor among them. */
  readonly commands: readonly RecordedCommand[];
  /** How many connections are open, those of the driver's monitor among them. */
  readonly connectionCount: number;
  /** How many ordered faults have not happened yet. */
  readonly pendingFaults: number;
  /** Orders a fault. Faults that meet the same command happen one per command, in the order of their ordering. */
  fail(fault: MongodbFault): void;
  /** Forgets the faults that have not happened. */
  clearFaults(): void;
  /** Forgets the recorded commands. */
  forgetCommands(): void;
  /** The primary steps down: open transactions end, and commands fail with NotWritablePrimary until a hello. */
  stepDown(): void;
  /** Breaks every connection and refuses new ones until `resume`. Open transactions and cursors are gone. */
  halt(): Promise<void>;
  /** Listens again on the same port, with the data as it was or with none. */
  resume(data?: 'kept' | 'lost'): Promise<void>;
  /** `halt` and `resume`. */
  restart(data?: 'kept' | 'lost'): Promise<void>;
  /** Ends every connection and frees the port. */
  stop(): Promise<void>;
}

const MACHINE_CLOCK: Clock = {
  now: () => Date.now(),
  async sleep(durationMs, signal) {
    try {
      await wait(durationMs, undefined, { ...(signal !== undefined && { signal }) });
    } catch (cause) {
      throw new OpsError('cancelled', 'sleep was cancelled', { cause });
    }
  },
};

/** Starts the server on a free port of 127.0.0.1. */
export async function startMongodbDouble(options: MongodbDoubleOptions = {}): Promise<MongodbDouble> {
  const { mode = 'replica_set', clock = MACHINE_CLOCK, transactionLifetimeMs = 60_000 } = options;
  const double = new RunningDouble({ mode, clock, transactionLifetimeMs });
  await double.resume();
  return double;
}

class RunningDouble implements MongodbDouble {
  readonly commands: RecordedCommand[] = [];
  readonly #settings: ServerSettings;
  readonly #faults = new FaultPlan();
  readonly #sockets = new Set<Socket>();
  #memory: ServerMemory;
  #server: Server | undefined;
  #port = 0;

  constructor(settings: ServerSettings) {
    this.#settings = settings;
    this.#memory = this.#createMemory();
  }

  get url(): string {
    const options = this.#settings.mode === 'replica_set' ? '?replicaSet=rs0' : '';
    return `mongodb://127.0.0.1:${this.#port}/${options}`;
  }

  get connectionCount(): number {
    return this.#sockets.size;
  }

  get pendingFaults(): number {
    return this.#faults.pending;
  }

  fail(fault: MongodbFault): void {
    this.#faults.order(fault);
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  forgetCommands(): void {
    this.commands.length = 0;
  }

  stepDown(): void {
    this.#memory.isSteppedDown = true;
    this.#memory.state.sessions.abortAll();
  }

  async halt(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    this.#memory.state.sessions.abortAll();
    this.#memory.state.cursors.closeAll();
  }

  async resume(data: 'kept' | 'lost' = 'kept'): Promise<void> {
    if (this.#server !== undefined) return;
    if (data === 'lost') this.#memory = this.#createMemory();
    this.#memory.isSteppedDown = false;
    const server = createServer((socket) => this.#serve(socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
    this.#server = server;
  }

  async restart(data: 'kept' | 'lost' = 'kept'): Promise<void> {
    await this.halt();
    await this.resume(data);
  }

  stop(): Promise<void> {
    return this.halt();
  }

  #createMemory(): ServerMemory {
    return createServerMemory(this.#settings, () => `127.0.0.1:${this.#port}`);
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => this.#sockets.delete(socket));
    // The connection belongs to the server that it was opened on: a restart with new data does not inherit it.
    const memory = this.#memory;
    const log = (command: RecordedCommand): void => {
      this.commands.push(command);
    };
    serveConnection({
      socket,
      answer: (request, signal) => answerRequest(request, { memory, faults: this.#faults, log, signal }),
    });
  }
}
