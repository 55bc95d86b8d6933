/** What a model is never the one to say, whatever its evidence holds. */
export type ForbiddenReason = 'advice' | 'claims_action' | 'instructions' | 'markup';

const INSTRUCTIONS =
  /\b(?:instruct\w*|prompt\w*|disregard\w*|override\w*|jailbreak|language model|as an ai|assistant|pretend\w*|rules? (?:above|below|before))\b|\b(?:ignore|ignoring|forget)\b/i;

const RULES: readonly (readonly [ForbiddenReason, RegExp])[] = [
  ['markup', /[^\x20-\x7e]|[<>&|~`*#@[\]{}\\^$]|(?:^|\W)_|_(?:\W|$)|:\/\/|\bwww\.|\bmailto:|:[a-z][\w+-]*:/i],
  [
    'advice',
    /\b(?:kubectl|helm|kustomize|docker|podman|crictl|sudo|systemctl|curl|wget|bash|jamie|scarlet)\b|(?:^|\s)(?:rm|sh|exec)\s+-/i,
  ],
  [
    'advice',
    /\b(?:you|we|one|they|somebody|someone|it)\s+(?:should|could|can|must|may|might|need|needs|ought|have to|has to|want)\b|\b(?:should|must|ought|please|recommend\w*|suggest\w*|advis\w+|consider\w*|let's|better to|needs? to|has to|have to|make sure|try|click|visit|open|approve|deny)\b/i,
  ],
  [
    'advice',
    /^(?:then |next |now |first |to (?:fix|mend|solve)[^,]*, ?)?(?:run|execute|delete|remove|restart|scale|roll|apply|set|increase|decrease|raise|lower|change|edit|check|verify|update|upgrade|install|add|create|drain|cordon|patch|stop|start|disable|enable|contact|ask|call|tell|send|reply|do|don't|use|go|see|read|look|wait)\b/i,
  ],
  [
    'claims_action',
    /\b(?:i|we|jamie|scarlet)\s+(?:have|has|had|will|am|are|shall|just|already)\b|\b(?:approved|executed|authori[sz]ed|mended|repaired|fixed|undone|rolled back|been (?:restarted|scaled|deleted|applied|changed))\b/i,
  ],
  ['instructions', INSTRUCTIONS],
];

/** Why a sentence may not be said at all; undefined: these rules have nothing against it. Pure. */
export function findForbidden(body: string): ForbiddenReason | undefined {
  return RULES.find(([, pattern]) => pattern.test(body))?.[0];
}

/** Words that all is well. Only our own facts may say so. */
const REASSURANCE =
  /\b(?:healthy|fine|ok(?:ay)?|all (?:is )?well|in order|normal(?:ly)?|as (?:expected|intended)|resolved|recovered|harmless|safe(?:ly)?|benign|false alarm|unaffected|no (?:\w+ )?(?:faults?|problems?|issues?|errors?|actions?|impact|concerns?|cause)|nothing (?:is |was )?(?:wrong|to do|to worry|broken)|not (?:a |an )?(?:\w+ )?(?:problem|issue|fault|concern|serious|critical|affected|broken|failing)|works?|working|stable|good)\b/i;

/** The first reassuring words of a sentence, in lower case. */
export function findReassurance(body: string): string | undefined {
  return REASSURANCE.exec(body)?.[0].toLowerCase();
}

/** Whether a text speaks to its reader, as cluster text has no reason to. Errs towards yes. Pure. */
export function isAddressedToModel(text: string): boolean {
  return INSTRUCTIONS.test(text);
}
