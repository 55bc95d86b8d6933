/** A command and the manifest that came with it. */
export interface SplitManifest {
  readonly text: string;
  readonly manifest: string;
}

const FENCED_APPLY =
  /^(?<command>\s*\/?(?:plan\s+)?apply\b[^`\n]{0,400})\s*```(?:ya?ml|json)?[^\S\n]*\n?(?<manifest>[\s\S]*?)```\s*$/i;

/** Takes the code block out of `apply -n shop` with a manifest below it; undefined when the text is no such command. Pure. */
export function splitManifest(text: string): SplitManifest | undefined {
  const { command, manifest } = FENCED_APPLY.exec(text)?.groups ?? {};
  return command === undefined || manifest === undefined ? undefined : { text: command.trim(), manifest };
}
