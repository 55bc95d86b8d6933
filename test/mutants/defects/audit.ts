import type { Defect } from '../defect.ts';

const WALK = 'packages/core/src/audit-walk.ts';
const AUDIT = 'packages/agents/src/audit';
const SIGNING = 'packages/runtime/src/signing';

/** Ways in which a changed audit could pass for a whole one. */
export const auditDefects: readonly Defect[] = [
  {
    name: 'the signature of a head is not looked at',
    file: WALK,
    find: `    const { sequence, previousSignature, signature } = head;
    if (!isHeadSigned(head, this.#keys))`,
    replace: `    const { sequence, previousSignature, signature } = head;
    if (signature.value === '' && !isHeadSigned(head, this.#keys))`,
    suite: 'packages/core/src/audit-walk',
  },
  {
    name: 'a chain that was written anew is not compared with what was signed',
    file: WALK,
    find: 'if (head.hash !== this.#last.hash) {',
    replace: "if (head.hash === '') {",
    suite: 'packages/core/src/audit-walk',
  },
  {
    name: 'records that were cut off below a signed head are not missed',
    file: WALK,
    find: "    if (head.sequence > this.#last.sequence)\n      return this.#suspectFault() ?? fault('cut_off', this.#last.sequence + 1);\n",
    replace: '    if (head.sequence > this.#last.sequence) return undefined;\n',
    suite: 'packages/core/src/audit-walk',
  },
  {
    name: 'a head that was taken out is not missed',
    file: WALK,
    find: "const follows = previousSignature === (this.#lastHead?.signature.value ?? '');",
    replace: "const follows = previousSignature !== 'none';",
    suite: 'packages/core/src/audit-walk',
  },
  {
    name: 'a head that is noted elsewhere need not be stored',
    file: WALK,
    find: "return isStored ? undefined : fault('head_missing', sequence);",
    replace: 'return undefined;',
    suite: 'packages/core/src/audit-walk',
  },
  {
    name: 'records may be removed that no head was signed for',
    file: 'packages/store/src/sqlite/audit-changes.ts',
    find: "  if (head?.sequence !== upTo || head.hash !== hash) return 'not_found';\n",
    replace: '',
    suite: 'packages/store/src/sqlite/sqlite-store',
  },
  {
    name: 'records of open plans are removed',
    file: `${AUDIT}/remove-old-audit.ts`,
    find: 'return Math.min(clock.now() - retentionDays * DAY_MS, ...asked);',
    replace: 'return Math.min(clock.now() - retentionDays * DAY_MS, ...asked.slice(0, 0));',
    suite: `${AUDIT}/keep-audit`,
  },
  {
    name: 'what does not hold is signed all the same',
    file: `${AUDIT}/keep-audit.ts`,
    find: "logger.error('the audit does not hold, so it is signed no further', { sequence: result.sequence });\n      return undefined;",
    replace:
      "logger.error('the audit does not hold, so it is signed no further', { sequence: result.sequence });\n      return pick(records.at(-1) ?? end);",
    suite: `${AUDIT}/keep-audit`,
  },
  {
    name: 'the end of an export is not signed',
    file: `${AUDIT}/verify-export.ts`,
    find: 'if (this.#keys?.verify(text, line.signature) === true) return undefined;',
    replace: "if (text !== '') return undefined;",
    suite: `${AUDIT}/export-audit`,
  },
  {
    name: 'another spelling of a signature is taken',
    file: `${SIGNING}/ed25519.ts`,
    find: "return bytes.toString('base64') === value && verify(",
    replace: 'return verify(',
    suite: `${SIGNING}/open-signer`,
  },
  {
    name: 'a signing key that others can read is used',
    file: `${SIGNING}/key-file.ts`,
    find: '  if (uid !== process.getuid?.() || (mode & OTHERS_MASK) === 0) return;',
    replace: '  if (uid === process.getuid?.() || (mode & OTHERS_MASK) === 0) return;',
    suite: `${SIGNING}/open-signer`,
  },
  {
    name: 'an intent leaves nothing in the audit',
    file: 'packages/operations/src/audited-effects.ts',
    find: '    ...(intents.length > 0 && { intents }),\n',
    replace: '',
    suite: 'packages/operations/src/audited-effects',
  },
];
