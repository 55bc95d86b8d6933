import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { listFiles, ROOT, readFile } from './tracked-files.ts';

const DOCUMENTS = listFiles((path) => path.endsWith('.md'));
const TOP = /^(?:packages|apps|test|docs|prompts|deploy|\.ci)\/|^[A-Z]+\.md$|^\.env\.example$/;
/** Names of Kubernetes that look like paths: the objects of a command, and API versions. */
const KUBERNETES_COMMAND = /^\s*(?:\/?jamie|kubectl)\s.*$/gm;
const API_VERSION = /^apps\/v\d\w*$/;

interface Mention {
  readonly document: string;
  readonly text: string;
}

/** Words inside code spans and code blocks, which is where paths and commands are named. */
function codeOf(document: string): readonly string[] {
  const text = readFile(document);
  const blocks = [...text.matchAll(/^```[^\n]*\n([\s\S]*?)^```/gm)].map(([, block]) => block ?? '');
  const spans = [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(
    ([, span]) => span ?? '',
  );
  return [...blocks, ...spans];
}

function mentionedPaths(document: string): readonly Mention[] {
  return codeOf(document)
    .flatMap((code) => code.replaceAll(KUBERNETES_COMMAND, '').split(/[\s"'()|,]+/))
    .map((word) => word.replace(/^\.\//, '').replace(/[.:;]+$/, ''))
    .filter((word) => TOP.test(word) && !/[<>…$]/.test(word) && !API_VERSION.test(word))
    .map((text) => ({ document, text }));
}

function links(document: string): readonly Mention[] {
  return [...readFile(document).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
    .map((text) => ({ document, text: normalize(join(dirname(document), text)) }));
}

function isThere({ text }: Mention): boolean {
  if (/[*{]/.test(text)) return globSync(text, { cwd: ROOT }).length > 0;
  return existsSync(join(ROOT, text));
}

function scriptsNamed(document: string): readonly Mention[] {
  return codeOf(document)
    .flatMap((code) => [...code.matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/g)])
    .map(([, run, short]) => ({ document, text: run ?? short ?? '' }));
}

describe('the documents', () => {
  it('name only paths that exist', () => {
    const missing = DOCUMENTS.flatMap((document) => [...mentionedPaths(document), ...links(document)]).filter(
      (mention) => !isThere(mention),
    );
    expect(missing).toEqual([]);
  });

  it('name only npm commands that exist', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Readonly<Record<string, string>>;
    };
    const unknown = DOCUMENTS.flatMap(scriptsNamed).filter(({ text }) => !(text in manifest.scripts));
    expect(unknown).toEqual([]);
  });

  it('are found at all', () => {
    expect(DOCUMENTS).toContain('test/control-plane/README.md');
    expect(mentionedPaths('test/control-plane/README.md').map(({ text }) => text)).toContain(
      'test/control-plane/start.entry.ts',
    );
  });
});
