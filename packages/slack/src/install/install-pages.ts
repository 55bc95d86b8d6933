import type { OpsError } from '@jamie/core';
import type { InstallationResult } from './complete-installation.ts';
import type { StateVerdict } from './install-state.ts';

/** A page of plain words: what happened, why, and what to do. */
export interface InstallPage {
  readonly status: number;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly link?: { readonly href: string; readonly text: string };
}

const AGAIN = { href: '/slack/install', text: 'Start the installation again' } as const;

/** What somebody reads whose workspace has the app now. */
export function installedPage(result: Extract<InstallationResult, { kind: 'installed' }>): InstallPage {
  const { teamId, teamName, appId } = result;
  const link =
    appId === undefined
      ? {}
      : {
          link: {
            href: `https://slack.com/app_redirect?app=${encodeURIComponent(appId)}&team=${encodeURIComponent(teamId)}`,
            text: 'Open Slack',
          },
        };
  return {
    status: 200,
    title: `Jamie is installed in ${teamName}`,
    paragraphs: [
      `Nobody there may ask anything yet. Ask a platform admin to add people to the principals file, with the team ${teamId}.`,
      'Then write to Jamie in a direct message, or invite it with /invite @jamie and mention it in a channel.',
    ],
    ...link,
  };
}

/** What somebody reads whose installation is of a kind that we do not take. */
export function refusedPage({ reason }: Extract<InstallationResult, { kind: 'refused' }>): InstallPage {
  if (reason === 'whole_organisation') {
    return {
      status: 400,
      title: 'Jamie cannot be installed for a whole organisation',
      paragraphs: [
        'Who may ask and who may approve is decided for each workspace, so nothing was stored.',
        'Choose one workspace, not the organisation, on the page on which Slack asks for permission. An administrator of the organisation can remove what was added.',
      ],
      link: AGAIN,
    };
  }
  return {
    status: 400,
    title: 'Slack gave no token for a bot',
    paragraphs: [
      'The app has no bot user, so nothing was stored.',
      'Ask whoever manages the Slack app to set it up from deploy/slack/manifest.json.',
    ],
    link: AGAIN,
  };
}

const STATE_REASONS: Readonly<Record<Extract<StateVerdict, { kind: 'refused' }>['reason'], string>> = {
  missing: 'This page was not reached from an installation that began in this browser.',
  malformed: 'This page was not reached from an installation that began in this browser.',
  other_browser_or_forged: 'This page was not reached from an installation that began in this browser.',
  expired: 'The installation began more than ten minutes ago.',
  used: 'This installation has been completed already, or was tried before.',
};

/** What somebody reads who came back without a good state. */
export function statePage({ reason }: Extract<StateVerdict, { kind: 'refused' }>): InstallPage {
  return {
    status: 400,
    title: 'Jamie was not installed',
    paragraphs: [STATE_REASONS[reason], 'Nothing was stored.'],
    link: AGAIN,
  };
}

/** What somebody reads who came back from Slack with an error word instead of a code. */
export function slackErrorPage(word: string): InstallPage {
  const why =
    word === 'access_denied'
      ? 'The installation was cancelled on the page of Slack.'
      : `Slack answered ${/^[a-z_]{1,60}$/u.test(word) ? word : 'with an error'}.`;
  return {
    status: 400,
    title: 'Jamie was not installed',
    paragraphs: [
      why,
      'Nothing was stored. If you may not install apps, ask an administrator of the workspace.',
    ],
    link: AGAIN,
  };
}

/** What somebody reads whose code brought no token. */
export function failurePage(error: OpsError): InstallPage {
  if (error.code === 'forbidden') {
    return {
      status: 400,
      title: 'Jamie was not installed',
      paragraphs: ['Slack takes each permission once and only for ten minutes, and this one is used up.'],
      link: AGAIN,
    };
  }
  if (error.code === 'config_invalid') {
    return {
      status: 500,
      title: 'Jamie was not installed',
      paragraphs: [
        error.userMessage ?? 'The configuration does not fit the Slack app.',
        'Nothing was stored.',
      ],
    };
  }
  return {
    status: 503,
    title: 'Jamie was not installed',
    paragraphs: [
      error.userMessage ?? 'Slack or our own store could not be reached just now.',
      'Nothing is half done: wait a minute and start again.',
    ],
    link: AGAIN,
  };
}

/** The HTML of a page. Every text is escaped; there is no script, no style and no picture. Pure. */
export function renderInstallPage(page: InstallPage): string {
  const { title, paragraphs, link } = page;
  return [
    '<!doctype html>',
    '<html lang="en-GB">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${escapeHtml(title)}</h1>`,
    ...paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`),
    ...(link === undefined ? [] : [`<p><a href="${escapeHtml(link.href)}">${escapeHtml(link.text)}</a></p>`]),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? character);
}
