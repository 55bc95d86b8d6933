/** A command and the manifest that came with it. */
export interface SplitManifest {
  readonly text: string;
  readonly manifest: string;
}

const FENCED_APPLY =
  /^(?<command>\s*\/?(?:plan\s+)?apply\b[^`\n]{0,400})\s*```(?:ya?ml|json)?[^\S\n]*\n?(?<manifest>[\s\S]*?)```\s*$/i;

/** What people say beside a file: it is the file that is meant, and no name of anything. */
const APPLY_THIS =
  /^\s*\/?(?:please\s+)?(?:plan\s+)?apply(?:\s+(?:this|that|it|the))?(?:\s+(?:attached\s+)?(?:file|manifest|manifests|yaml|json))?(?:\s+please)?(?<rest>(?:\s+-[^`]*)?)[\s.!]*$/iu;

/** The command in words that came together with a manifest: `apply this file -n shop` is `apply -n shop`. Pure. */
export function applyCommandOf(text: string): string {
  const rest = APPLY_THIS.exec(text)?.groups?.['rest'];
  return rest === undefined ? text : `apply${rest.trimEnd()}`;
}

/** Takes the code block out of `apply -n shop` with a manifest below it; undefined when the text is no such command. Pure. */
export function splitManifest(text: string): SplitManifest | undefined {
  const { command, manifest } = FENCED_APPLY.exec(text)?.groups ?? {};
  return command === undefined || manifest === undefined ? undefined : { text: command.trim(), manifest };
}
