import type { Check } from '@jamie/core';
import type { LiveDirectory } from '@jamie/runtime';

/** Who may ask from Slack, and whether the principals file in force is the one that lies there now. */
export function peopleCheck(directory: LiveDirectory, isSlackOn: boolean): Check {
  return async () => {
    await directory.refresh();
    const state = directory.state();
    switch (state.kind) {
      case 'no_file':
        return {
          name: 'People',
          status: isSlackOn ? 'warning' : 'off',
          detail: 'nobody from Slack is known; only the person at this machine',
          mend: 'Write a principals file (docs/identity.md) and set PRINCIPALS_FILE',
        };
      case 'in_force':
        return { name: 'People', status: 'ok', detail: state.path, mend: '' };
      default:
        return {
          name: 'People',
          status: 'failed',
          detail: `${state.path} is not valid any more, so the version before it is in force: ${state.problems[0]}`,
          mend: `Mend ${state.problems.length === 1 ? 'that' : `all ${state.problems.length} problems`}; the log names each`,
        };
    }
  };
}
