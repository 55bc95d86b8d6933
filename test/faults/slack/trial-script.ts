import { randomSource } from '../shuffle.ts';

/** Known to everybody, and what each is called in the emulated workspace. */
export const PEOPLE = { ada: 'UADA', bob: 'UBOB' } as const;
/** In no principals file. */
export const STRANGER = 'UEVE';

export type Surface = 'mention' | 'direct' | 'command';
export type Voting = 'one' | 'double click' | 'two at once' | 'deny';

interface StepBase {
  /** After the beginning of the trial. */
  readonly afterMs: number;
  /** Which of the trial's channels; direct messages have their own. */
  readonly place: number;
}

/** Something that a person does, to the end of it. */
export type Step = StepBase &
  (
    | {
        readonly kind: 'question';
        readonly surface: Surface;
        readonly person: string;
        readonly text: string;
        /** Says another thing in the thread once it is answered. */
        readonly followUp?: string;
      }
    | {
        readonly kind: 'change';
        readonly surface: 'mention' | 'command';
        readonly person: string;
        readonly deployment: string;
        readonly replicas: number;
        readonly voting: Voting;
      }
    /** Somebody whom nobody knows asks, and is told so privately. */
    | { readonly kind: 'stranger'; readonly text: string }
  );

export interface TrialScript {
  readonly trial: number;
  /** How many channels of its own it needs. */
  readonly places: number;
  readonly steps: readonly Step[];
}

const QUESTIONS: readonly [string, ...string[]] = [
  'health',
  'pods',
  'events',
  'whoami',
  'clusters',
  'status',
  'help',
  'why is web slow?',
];
const SPREAD_MS = 600;
const REPLICAS_AFTER = 3;

/** What people do in one trial: all of it follows from the seed and the number of the trial. Pure. */
export function writeScript(seed: number, trial: number): TrialScript {
  const random = randomSource(seed * 7_919 + trial);
  const pick = <Item>(items: readonly [Item, ...Item[]]): Item =>
    items[Math.floor(random() * items.length)] ?? items[0];
  const people: readonly [string, ...string[]] = [PEOPLE.ada, PEOPLE.bob];
  const question = (place: number, index: number): Step => {
    const surface = pick<Surface>(['mention', 'mention', 'direct', 'command']);
    return {
      kind: 'question',
      afterMs: Math.floor(random() * SPREAD_MS),
      place,
      surface,
      person: pick(people),
      // The message that says who asked what is told apart by its words.
      text: surface === 'command' ? `why nothing-${trial}-${index}` : pick(QUESTIONS),
      ...(random() < 0.3 && { followUp: pick(QUESTIONS) }),
    };
  };
  const change = (place: number, index: number): Step => ({
    kind: 'change',
    afterMs: Math.floor(random() * SPREAD_MS),
    place,
    surface: pick<'mention' | 'command'>(['mention', 'command']),
    person: pick(people),
    deployment: `trial-${trial}-${index}`,
    replicas: REPLICAS_AFTER,
    voting: pick<Voting>(['one', 'double click', 'two at once', 'deny']),
  });
  const stranger = (place: number): Step => ({
    kind: 'stranger',
    afterMs: Math.floor(random() * SPREAD_MS),
    place,
    text: pick(QUESTIONS),
  });
  const steps = [question(0, 0), question(1, 1), change(0, 2)];
  if (random() < 0.5) steps.push(question(0, 3));
  if (random() < 0.4) steps.push(stranger(1));
  return { trial, places: 2, steps };
}
