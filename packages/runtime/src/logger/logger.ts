import type { Clock, LogFields, Logger } from '@jamie/core';
import { type DestinationStream, destination, pino } from 'pino';
import type { LoggingConfig } from '../config/logging-config.ts';
import { renderPrettyLine } from './pretty-line.ts';
import { createFieldRedactor, type FieldRedactor } from './redact-fields.ts';

export interface LoggerOptions extends LoggingConfig {
  readonly clock: Clock;
  /** Configured secrets: no line may contain one. */
  readonly secrets?: readonly string[];
  /** Where finished lines go. Default: standard output, written before the call returns. */
  readonly sink?: DestinationStream;
}

/**
 * The Logger port over pino. Each line is one JSON object (or a line for people) with `time`, `level`, `msg` and the
 * fields; every field and message passes the redactor first.
 */
export function createLogger(options: LoggerOptions): Logger {
  const sink = options.sink ?? destination({ fd: 1, sync: true });
  const target =
    options.format === 'json' ? sink : { write: (line: string) => sink.write(renderPrettyLine(line)) };
  const writer = pino(
    {
      level: options.level,
      base: null,
      timestamp: () => `,"time":${options.clock.now()}`,
      // Errors are plain fields already when they arrive here.
      serializers: { err: (error: unknown) => error },
    },
    target,
  );
  return toLogger(writer, createFieldRedactor(options.secrets ?? []), {});
}

type Level = 'debug' | 'info' | 'warn' | 'error';
type Writer = Record<Level, (fields: object, message: string) => void> & {
  isLevelEnabled(level: string): boolean;
};

function toLogger(writer: Writer, redactor: FieldRedactor, bound: object): Logger {
  const write = (level: Level, message: string, fields: LogFields = {}): void => {
    if (!writer.isLevelEnabled(level)) return;
    const redacted = redactor.redactValue(fields) as object;
    writer[level]({ ...bound, ...redacted }, redactor.redactText(message));
  };
  return {
    debug: (message, fields) => write('debug', message, fields),
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
    error: (message, fields) => write('error', message, fields),
    child: (fields) => toLogger(writer, redactor, { ...bound, ...(redactor.redactValue(fields) as object) }),
  };
}
