/** How much a log line says about a failure: 3 ends a program, 2 is an error, 1 a warning, 0 anything else. */
export type LogWeight = 0 | 1 | 2 | 3;

const FATAL =
  /\b(?:fatal|panic|emerg(?:ency)?|crit(?:ical)?|unhandled(?: \w+)? (?:exception|rejection)|uncaught|segmentation fault|core dumped|out of memory|OutOfMemoryError|cannot allocate memory|Killed)\b|^panic:|^Caused by:|"(?:level|severity)"\s?:\s?"(?:fatal|panic|critical|emergency)"/i;
// The head of a stack trace: "java.lang.IllegalStateException: …", "KeyError: 'x'", "main.rb:3:in `run': … (RuntimeError)".
const EXCEPTION = /(?:^|[\s.(:])[A-Z]\w{2,80}(?:Exception|Error)\b(?=[:)]|$)|^[A-Z]\w{2,60}Error: /;
const ERROR =
  /\b(?:error|err|exception|failed|failure|refused|denied|unable to|cannot|could not|no such (?:file|host)|timed out|unreachable|E\d{4})\b|"(?:level|severity)"\s?:\s?"(?:error|err)"|level=error/i;
const WARNING = /\bwarn(?:ing)?\b/i;
// Lines that name errors in order to say that there are none.
const DENIAL =
  /\b(?:0|no|without) (?:errors?|failures?)\b|\berrors?[=:]\s?(?:0|nil|null|none|false)\b|\bfailed[=:]\s?0\b/i;
const QUIET_LEVEL =
  /\b(?:level=|"level"\s?:\s?")(?:debug|info|trace)|^\S*\s?(?:\[?(?:INFO|DEBUG|TRACE)\]?)\b/;

/** Weighs one line by the words that programs use when they fail. */
export function weighLogLine(line: string): LogWeight {
  if (DENIAL.test(line)) return 0;
  if (QUIET_LEVEL.test(line)) return 0;
  if (FATAL.test(line) || EXCEPTION.test(line)) return 3;
  if (ERROR.test(line)) return 2;
  return WARNING.test(line) ? 1 : 0;
}
