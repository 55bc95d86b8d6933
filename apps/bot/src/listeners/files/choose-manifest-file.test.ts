import { describe, expect, it } from '@jest/globals';
import { chooseManifestFile } from './choose-manifest-file.ts';

const file = (name: string, over: object = {}) => ({
  id: `F-${name}`,
  name,
  size: 10,
  mode: 'hosted',
  url_private: `https://files.slack.com/files-pri/T1-F1/${name}`,
  ...over,
});

describe('chooseManifestFile', () => {
  it.each(['apply', 'apply this', 'Apply -n shop', 'please apply this file', 'plan apply', '/apply'])(
    'takes the one manifest of %j, and leaves a picture beside it alone',
    (text) => {
      expect(chooseManifestFile(text, [file('web.png'), file('web.yaml')])).toEqual({
        kind: 'read',
        file: {
          id: 'F-web.yaml',
          name: 'web.yaml',
          sizeBytes: 10,
          url: 'https://files.slack.com/files-pri/T1-F1/web.yaml',
        },
      });
    },
  );

  it.each(['', 'why does this not apply?', 'should I apply this?', "don't apply this", 'what is in here'])(
    'takes no file with %j',
    (text) => {
      expect(chooseManifestFile(text, [file('web.yaml')])).toEqual({ kind: 'none' });
    },
  );

  it.each([undefined, null, [], 'files', [{ name: 'no-id.yaml' }]])('takes nothing of %j', (files) => {
    expect(chooseManifestFile('apply', files)).toEqual({ kind: 'none' });
  });

  it('refuses several manifests, and says what to do', () => {
    expect(chooseManifestFile('apply', [file('a.yaml'), file('b.json')])).toEqual({
      kind: 'refused',
      message:
        'I apply one file at a time, and these are 2: a.yaml, b.json. Put the objects into one, with --- between them.',
    });
  });

  it('refuses a file beside a manifest in the text', () => {
    expect(chooseManifestFile('apply ```a: 1```', [file('a.yaml')])).toMatchObject({
      message: expect.stringContaining('one of the two'),
    });
  });

  it('refuses what is no manifest, and what Slack keeps no more', () => {
    expect(chooseManifestFile('apply', [file('a.png')])).toMatchObject({
      message: expect.stringContaining('a.png is none'),
    });
    expect(chooseManifestFile('apply', [file('a.yml', { mode: 'tombstone' })])).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('Upload it again'),
    });
  });

  it('takes a file whose address has to be asked for', () => {
    const { url_private: _away, ...bare } = file('a.yml');
    expect(chooseManifestFile('apply', [bare])).toEqual({
      kind: 'read',
      file: { id: 'F-a.yml', name: 'a.yml', sizeBytes: 10 },
    });
  });
});
