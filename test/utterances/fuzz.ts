import type { ParsedText } from '@jamie/agents/grammar';
import { createDice } from './dice.ts';
import { findWrite, isHarmless } from './judge-case.ts';
import { isPlainQuestion, mutateSentence } from './mutate-sentence.ts';
import { namesIn } from './names-in.ts';
import { occursIn } from './occurs-in.ts';
import { CASE_FILES, type CaseFile, type Cases } from './read-cases.ts';
import { commandsOf, type UtteranceCase } from './utterance-case.ts';

/** What must not happen to a spoilt sentence. */
export type Fault = 'threw' | 'write_from_question' | 'unsaid_target' | 'slow';
export const FAULTS: readonly Fault[] = ['threw', 'write_from_question', 'unsaid_target', 'slow'];

export interface Finding {
  readonly fault: Fault;
  readonly file: CaseFile;
  readonly text: string;
  /** What was thrown or understood. */
  readonly detail: string;
}

export interface FuzzReport {
  readonly sentences: number;
  /** How many of them were questions, from which no write may come. */
  readonly questions: number;
  /** How many were understood as a write, so that its target was looked at. */
  readonly writes: number;
  readonly findings: readonly Finding[];
  readonly slowestMs: number;
}

/** Longest time that one sentence may take. Far above what any needs, so that only a runaway is found. */
const SLOWEST_MS = 250;

interface Origin {
  readonly file: CaseFile;
  readonly utterance: UtteranceCase;
  readonly isQuestion: boolean;
}

/** Parses spoilt sentences; the same ones for the same seed. */
export function fuzz(
  cases: Cases,
  parse: (text: string) => ParsedText,
  options: { readonly sentences: number; readonly seed: number },
): FuzzReport {
  const origins = CASE_FILES.flatMap((file) => cases[file].map((utterance) => toOrigin(file, utterance)));
  const questions = origins.filter(({ isQuestion }) => isQuestion);
  const dice = createDice(options.seed);
  const trials = Array.from({ length: options.sentences }, () => {
    const origin = dice.pick(origins);
    const other = dice.pick(origin.isQuestion ? questions : origins).utterance.say;
    return tryText(mutateSentence(origin.utterance.say, dice, other), origin, parse);
  });
  return {
    sentences: trials.length,
    questions: trials.filter(({ origin }) => origin.isQuestion).length,
    writes: trials.filter(({ isWrite }) => isWrite).length,
    findings: trials.flatMap(({ findings }) => findings),
    slowestMs: Math.max(0, ...trials.map(({ tookMs }) => tookMs)),
  };
}

function toOrigin(file: CaseFile, utterance: UtteranceCase): Origin {
  const isRead = commandsOf(utterance).length > 0 && isHarmless(utterance);
  return { file, utterance, isQuestion: isRead && isPlainQuestion(utterance.say) };
}

interface Trial {
  readonly origin: Origin;
  readonly isWrite: boolean;
  readonly tookMs: number;
  readonly findings: readonly Finding[];
}

function tryText(text: string, origin: Origin, parse: (text: string) => ParsedText): Trial {
  const finding = (fault: Fault, detail: string): Finding => ({ fault, file: origin.file, text, detail });
  try {
    const { parsed, tookMs } = measure(text, parse);
    const write = findWrite(parsed);
    const findings = [
      ...(write !== undefined && origin.isQuestion
        ? [finding('write_from_question', JSON.stringify(write))]
        : []),
      ...(write === undefined
        ? []
        : namesIn(write)
            .filter((name) => !occursIn(text, name))
            .map((name) => finding('unsaid_target', name))),
      ...(tookMs > SLOWEST_MS ? [finding('slow', `${tookMs.toFixed(0)} ms`)] : []),
    ];
    return { origin, isWrite: write !== undefined, tookMs, findings };
  } catch (error) {
    return { origin, isWrite: false, tookMs: 0, findings: [finding('threw', String(error))] };
  }
}

function measure(text: string, parse: (text: string) => ParsedText) {
  const began = performance.now();
  const parsed = parse(text);
  let tookMs = performance.now() - began;
  // A busy machine pauses now and then: what is slow each time is slow.
  for (let again = 0; again < 3 && tookMs > SLOWEST_MS; again += 1) {
    const start = performance.now();
    parse(text);
    tookMs = Math.min(tookMs, performance.now() - start);
  }
  return { parsed, tookMs };
}
