import { type Text, UNKNOWN } from './collect-texts.ts';

export interface Violation {
  readonly rule: string;
  readonly where: string;
  readonly text: string;
  /** What broke the rule. */
  readonly found: string;
}

/** Slang, padding, apologies, and words that say nothing. */
const BANNED = [
  ...[
    'oops',
    'whoops',
    'uh-oh',
    'yay',
    'hooray',
    'blimey',
    'bloody',
    'mate',
    'dude',
    'guys',
    'folks',
    'cheers',
  ],
  ...[
    'awesome',
    'amazing',
    'gonna',
    'wanna',
    'gotta',
    'kinda',
    'sorta',
    'stuff',
    'nope',
    'yep',
    'yeah',
    'hey',
  ],
  ...['sorry', 'apologies', 'apologise', 'afraid', 'unfortunately', 'sadly', 'no worries', 'feel free'],
  ...[
    'please',
    'kindly',
    'simply',
    'just(?! now)',
    'merely',
    'obviously',
    'basically',
    'actually',
    'easily',
    'of course',
  ],
  ...['successfully', 'something went wrong', 'an error occurred', 'an error has occurred', 'invalid input'],
  ...['leverage', 'utilise', 'in order to', 'at this point in time', 'seamless', 'seamlessly', 'powerful'],
];

/** What stands at the beginning of a first line and keeps the point from it. */
const FILLER = [
  ...['well', 'so', 'ok', 'okay', 'sure', 'great', 'right', 'certainly', 'absolutely', 'hmm', 'alright'],
  ...['here is', 'here are', "here's", 'note that', 'it seems', 'it looks like', 'it appears', 'i think'],
  ...['let me', 'as requested', 'as you', 'based on', 'after checking', 'i have looked', 'thank you for'],
];

const AMERICAN = [
  ...[
    'color',
    'behavior',
    'center',
    'favorite',
    'favor',
    'honor',
    'labor',
    'neighbor',
    'humor',
    'rumor',
    'fiber',
  ],
  ...[
    'gray',
    'catalog',
    'dialog',
    'analog',
    'artifact',
    'defense',
    'offense',
    'license',
    'gotten',
    'aluminum',
  ],
  ...['fulfill', 'enroll', 'skillful', 'meter', 'liter', 'theater'],
].map((word) => `${word}(?:s|ed|ing|ful|al)?`);
/** Verbs that double their last letter here. */
const UNDOUBLED =
  /\b(?:cancel|label|model|signal|travel|level|fuel|total|tunnel|channel|marshal|dial)(?:ed|ing)\b/gi;
const IZE = /\b[a-z]+(?:i[sz]ation|ize[sdr]?|izing|yze[sdr]?|yzing)\b/gi;
/** These are spelt with a z everywhere. */
const ALWAYS_Z = /^(?:(?:re|over|up|down|under)?siz(?:e[sdr]?|ing)|(?:seiz|priz|capsiz)(?:e[sd]?|ing))$/i;

/** Names, spelt as they are. */
const API_NAMES: readonly RegExp[] = [
  // The page, and a header of HTTP.
  /\bCommand Center\b/g,
  /\bAuthorization\b/g,
  // A kind of Flux, and a field of Kubernetes.
  /\bKustomization\b/g,
  /\bfinalizers?\b/g,
  // A variable of the environment, and an option.
  /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g,
  /--[a-z][\w-]*/g,
  // What has a capital, a slash or a dot inside is a name of code, a path or a host; so is what stands in backticks.
  /\b\w*[a-z][A-Z]\w*\b/g,
  /\S*[a-z0-9][/.][a-z0-9]\S*/gi,
  /`[^`]*`/g,
];

const MAX_HEADLINE_LENGTH = 150;

type Check = (text: Text) => readonly string[];

const RULES: Readonly<Record<string, Check>> = {
  'banned word': ({ text }) => findWords(text, BANNED),
  'American spelling': ({ text }) => americanIn(withoutNames(text)),
  'exclamation mark': ({ text }) => text.match(/[\p{L}…][)"'’]?!(?=\s|$|")/gu) ?? [],
  'position reference': ({ text }) =>
    text.match(/\b(?:above|below)\b|\b(?:see|to the|on the|at the) (?:left|right|top|bottom)\b/gi) ?? [],
  'first line carries the point': (text) => (text.isHeadline ? headlineFaults(text.text) : []),
};

/** What of a text breaks the rules of how we write. Pure. */
export function checkText(text: Text): readonly Violation[] {
  return Object.entries(RULES).flatMap(([rule, check]) =>
    check(text).map((found) => ({ rule, where: `${text.path}:${text.line}`, text: text.text, found })),
  );
}

function findWords(text: string, words: readonly string[]): readonly string[] {
  const pattern = new RegExp(`(?<![\\w-])(?:${words.join('|')})(?![\\w-])`, 'gi');
  return text.match(pattern) ?? [];
}

function withoutNames(text: string): string {
  return API_NAMES.reduce((rest, name) => rest.replaceAll(name, ' '), text);
}

function americanIn(text: string): readonly string[] {
  const zed = (text.match(IZE) ?? []).filter((word) => /z/i.test(word) && !ALWAYS_Z.test(word));
  return [...findWords(text, AMERICAN), ...(text.match(UNDOUBLED) ?? []), ...zed];
}

/** A sentence of at most 150 characters that ends as one and begins with the point. */
function headlineFaults(text: string): readonly string[] {
  const faults: string[] = [];
  if (text.replaceAll(UNKNOWN, '').length > MAX_HEADLINE_LENGTH) faults.push('longer than 150 characters');
  if (!/[.?:…]$/.test(text)) faults.push('ends as no sentence');
  const filler = new RegExp(`^(?:${FILLER.join('|')})(?![\\w-])`, 'i').exec(text);
  if (filler !== null) faults.push(`begins with "${filler[0]}"`);
  return faults;
}
