import type { Directory, People, PersonAnswer, Principal, SlackPerson } from '@jamie/core';

/** What the bot knows of people; undefined while Slack is not connected. */
type FindBot = () => { identify(person: SlackPerson, isFresh: boolean): Promise<PersonAnswer> } | undefined;

const SLACK_ID = /^slack:([^:]+):([^:]+)$/;

/** Looks again at people, each where they came from: at Slack and the principals file, or at the file alone. */
export function confirmPeople(directory: Directory, findBot: FindBot): People {
  return {
    async find(person) {
      return findBot()?.identify(person, true) ?? refuseUnseen('that person');
    },
    async confirm(principal, moment) {
      switch (principal.source) {
        case 'automation':
          return confirmAutomation(directory, principal);
        case 'local':
          await directory.refresh();
          return { kind: 'known', principal: directory.localPerson };
        default: {
          const person = slackPersonOf(principal.id);
          const bot = findBot();
          if (person === undefined || bot === undefined) return refuseUnseen(principal.displayName);
          return bot.identify(person, moment === 'vote');
        }
      }
    },
  };
}

/** Known for as long as the file names it, with the groups that the file gives it now. */
async function confirmAutomation(directory: Directory, { id }: Principal): Promise<PersonAnswer> {
  await directory.refresh();
  const { automation } = directory;
  if (automation?.id === id) return { kind: 'known', principal: automation };
  return {
    kind: 'refused',
    message: 'Nothing may happen by itself: the principals file has no automation.selfHealing.',
  };
}

function slackPersonOf(id: string): SlackPerson | undefined {
  const [, teamId, userId] = SLACK_ID.exec(id) ?? [];
  return teamId === undefined || userId === undefined ? undefined : { teamId, userId };
}

function refuseUnseen(displayName: string): PersonAnswer {
  return {
    kind: 'refused',
    message: `Slack is not connected, so I cannot find out who ${displayName} is now. Connect Slack, or ask from this machine.`,
  };
}
