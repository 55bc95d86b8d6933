import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import typescript from 'typescript';

const ROOT = join(import.meta.dirname, '../..');
const MANIFEST = readFileSync(join(ROOT, 'deploy/slack/manifest.json'), 'utf8');
const FILE = join(ROOT, 'test/architecture/manifest-as-code.ts');

/** What Slack documents of agents (docs.slack.dev, "assistant:write", "agent_session_stopped") and its types leave out. */
const UNKNOWN_TO_THE_TYPES = [
  "Type '\"assistant:write\"' is not assignable to type 'BotScope'.",
  "Type '\"agent_session_stopped\"' is not assignable to type 'ManifestEvent'.",
];

/** What the compiler says of a manifest that is held against the type by which Slack's own client takes one. */
function complaintsAbout(manifestJson: string): readonly string[] {
  const source = [
    "import type { AppsManifestCreateArguments } from '@slack/web-api';",
    `export const manifest: AppsManifestCreateArguments['manifest'] = ${manifestJson};`,
  ].join('\n');
  const options: typescript.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: typescript.ScriptTarget.ES2024,
    module: typescript.ModuleKind.NodeNext,
    moduleResolution: typescript.ModuleResolutionKind.NodeNext,
  };
  const host = typescript.createCompilerHost(options);
  const readSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version) =>
    name === FILE ? typescript.createSourceFile(name, source, version) : readSourceFile(name, version);
  const program = typescript.createProgram([FILE], options, host);
  return typescript
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => typescript.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('deploy/slack/manifest.json', () => {
  it('is what Slack’s own types take for a manifest', () => {
    expect(complaintsAbout(MANIFEST)).toEqual(UNKNOWN_TO_THE_TYPES);
  });

  it('would be found out with a scope or an event that there is not', () => {
    expect(complaintsAbout(MANIFEST.replace('"chat:write"', '"chat:writes"'))).toHaveLength(3);
    expect(complaintsAbout(MANIFEST.replace('"app_mention"', '"app_mentions"'))).toHaveLength(3);
  });
});
