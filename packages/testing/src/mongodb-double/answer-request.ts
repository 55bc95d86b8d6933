import type { BsonDocument } from './bson-document.ts';
import { codeName } from './command-error.ts';
import { labelsFor } from './error-labels.ts';
import type { FaultPlan, MongodbFault } from './faults.ts';
import { type ReceivedCommand, readSessionFields, runCommand } from './run-command.ts';
import type { ServerMemory } from './server-memory.ts';
import type { WireOutcome } from './wire-connection.ts';
import type { WireRequest } from './wire-message.ts';

/** A command that came, for tests that look at what the driver sends. */
export interface RecordedCommand {
  readonly name: string;
  readonly database: string;
  /** The whole command, with document sequences in their field. */
  readonly body: BsonDocument;
}

export interface AnswerOptions {
  readonly memory: ServerMemory;
  readonly faults: FaultPlan;
  readonly log: (command: RecordedCommand) => void;
  /** Aborts when the connection has gone. */
  readonly signal: AbortSignal;
}

const NOT_WRITABLE_PRIMARY = 10107;

/** Answers one request: records it, lets the ordered fault happen, runs it. */
export async function answerRequest(request: WireRequest, options: AnswerOptions): Promise<WireOutcome> {
  const { memory, faults, log, signal } = options;
  const { body, database, isLegacy } = request;
  const name = Object.keys(body)[0] ?? '';
  const command: ReceivedCommand = { name, database, body, isLegacy };
  log({ name, database, body });
  const fault = faults.take(name, body);
  if (fault?.kind === 'drop_connection' && fault.moment === 'before_effect')
    return { kind: 'drop_connection' };
  if (fault?.kind === 'error') return { kind: 'reply', reply: refusal(command, fault) };
  await delay(fault, 'before_effect', options);
  const reply = await run(command, memory, signal);
  await delay(fault, 'after_effect', options);
  if (fault?.kind === 'drop_connection') return { kind: 'drop_connection' };
  if (fault?.kind !== 'write_concern_error') return { kind: 'reply', reply };
  return { kind: 'reply', reply: { ...reply, ...unmetWriteConcern(command, fault) } };
}

async function run(
  command: ReceivedCommand,
  memory: ServerMemory,
  signal: AbortSignal,
): Promise<BsonDocument> {
  const isHandshake = ['hello', 'isMaster', 'ismaster'].includes(command.name);
  if (isHandshake) memory.isSteppedDown = false;
  if (memory.isSteppedDown) {
    return refusal(command, { kind: 'error', code: NOT_WRITABLE_PRIMARY, message: 'not primary' });
  }
  const nowMs = memory.state.clock.now();
  memory.state.sessions.expire(nowMs);
  memory.ttl.catchUp(nowMs);
  return await runCommand(memory.state, command, signal);
}

async function delay(
  fault: MongodbFault | undefined,
  moment: 'before_effect' | 'after_effect',
  { memory, signal }: AnswerOptions,
): Promise<void> {
  if (fault?.kind !== 'delay' || fault.moment !== moment) return;
  // The server goes on with a command whose client has gone, so only the waiting ends with the connection.
  await memory.state.clock.sleep(fault.durationMs, signal).catch(() => undefined);
}

function refusal(
  { name, body }: ReceivedCommand,
  fault: Extract<MongodbFault, { kind: 'error' }>,
): BsonDocument {
  const errorLabels = fault.errorLabels ?? labelsFor(fault.code, name, readSessionFields(body));
  return {
    ok: 0,
    errmsg: fault.message ?? `the test ordered ${codeName(fault.code)}`,
    code: fault.code,
    codeName: codeName(fault.code),
    ...(errorLabels.length > 0 && { errorLabels }),
  };
}

function unmetWriteConcern(
  { name, body }: ReceivedCommand,
  { code, message }: Extract<MongodbFault, { kind: 'write_concern_error' }>,
): BsonDocument {
  const errorLabels = labelsFor(code, name, readSessionFields(body));
  return {
    writeConcernError: {
      code,
      codeName: codeName(code),
      errmsg: message ?? `the test ordered ${codeName(code)}`,
      errInfo: { writeConcern: body['writeConcern'] },
    },
    ...(errorLabels.length > 0 && { errorLabels }),
  };
}
