import { OpsError } from '@jamie/core';
import type { z } from 'zod';
import type { CommandSpec } from './command-spec.ts';
import { annotateCommand } from './specs/annotate.ts';
import { applyCommand } from './specs/apply.ts';
import { approveCommand } from './specs/approve.ts';
import { askCommand } from './specs/ask.ts';
import { auditCommand } from './specs/audit.ts';
import { autoscaleCommand } from './specs/autoscale.ts';
import { breakGlassCommand } from './specs/break-glass.ts';
import { closeCommand } from './specs/close.ts';
import { clustersCommand } from './specs/clusters.ts';
import { cordonCommand } from './specs/cordon.ts';
import { delegateCommand } from './specs/delegate.ts';
import { deleteCommand } from './specs/delete.ts';
import { denyCommand } from './specs/deny.ts';
import { detectionsCommand } from './specs/detections.ts';
import { diffCommand } from './specs/diff.ts';
import { doctorCommand } from './specs/doctor.ts';
import { drainCommand } from './specs/drain.ts';
import { editCommand } from './specs/edit.ts';
import { eventsCommand } from './specs/events.ts';
import { freezeCommand } from './specs/freeze.ts';
import { healingCommand } from './specs/healing.ts';
import { healthCommand } from './specs/health.ts';
import { helpCommand } from './specs/help.ts';
import { imageCommand } from './specs/image.ts';
import { labelCommand } from './specs/label.ts';
import { logsCommand } from './specs/logs.ts';
import { pauseCommand } from './specs/pause.ts';
import { planCommand } from './specs/plan.ts';
import { podsCommand } from './specs/pods.ts';
import { replayCommand } from './specs/replay.ts';
import { rerunCommand } from './specs/rerun.ts';
import { resizeCommand } from './specs/resize.ts';
import { restartCommand } from './specs/restart.ts';
import { resumeCommand } from './specs/resume.ts';
import { reviewCommand } from './specs/review.ts';
import { rollbackCommand } from './specs/rollback.ts';
import { runCommand } from './specs/run.ts';
import { scaleCommand } from './specs/scale.ts';
import { severalCommand } from './specs/several.ts';
import { statusCommand } from './specs/status.ts';
import { stopCommand } from './specs/stop.ts';
import { suspendCommand } from './specs/suspend.ts';
import { thanksCommand } from './specs/thanks.ts';
import { topCommand } from './specs/top.ts';
import { uncordonCommand } from './specs/uncordon.ts';
import { undoCommand } from './specs/undo.ts';
import { unfreezeCommand } from './specs/unfreeze.ts';
import { useCommand } from './specs/use.ts';
import { whoamiCommand } from './specs/whoami.ts';
import { whyCommand } from './specs/why.ts';

const SPECS = [
  whyCommand,
  healthCommand,
  podsCommand,
  logsCommand,
  eventsCommand,
  topCommand,
  diffCommand,
  detectionsCommand,
  askCommand,
  scaleCommand,
  restartCommand,
  rollbackCommand,
  imageCommand,
  resizeCommand,
  autoscaleCommand,
  pauseCommand,
  resumeCommand,
  suspendCommand,
  runCommand,
  rerunCommand,
  cordonCommand,
  uncordonCommand,
  drainCommand,
  deleteCommand,
  labelCommand,
  annotateCommand,
  applyCommand,
  severalCommand,
  undoCommand,
  editCommand,
  planCommand,
  approveCommand,
  denyCommand,
  breakGlassCommand,
  reviewCommand,
  delegateCommand,
  freezeCommand,
  unfreezeCommand,
  healingCommand,
  closeCommand,
  auditCommand,
  replayCommand,
  useCommand,
  clustersCommand,
  whoamiCommand,
  statusCommand,
  doctorCommand,
  stopCommand,
  helpCommand,
  thanksCommand,
] as const;

type Spec = (typeof SPECS)[number];
export type CommandName = Spec['name'];

/** What a person wants, with typed parameters: one member for each command. */
export type Intent = {
  [S in Spec as S['name']]: { readonly kind: S['name'] } & Taken<z.infer<S['parameters']>>;
}[CommandName];

/** The parameters of a command. No parameters at all would otherwise forbid every member, the kind as well. */
type Taken<Parameters> = string extends keyof Parameters ? unknown : Parameters;

/** The intent of one command. */
export type IntentOf<Name extends CommandName> = Extract<Intent, { kind: Name }>;

/** Every command, in the order in which help shows them. */
export const COMMANDS: readonly CommandSpec<CommandName>[] = SPECS;

const BY_NAME: ReadonlyMap<string, CommandSpec<CommandName>> = indexByName(COMMANDS);

/** The command of this name or alias; undefined when there is none. */
export function findCommand(name: string): CommandSpec<CommandName> | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** Every name and alias under which a command is known. */
export function commandWords(): readonly string[] {
  return [...BY_NAME.keys()];
}

/** Throws config_invalid when two commands share a name or an alias. */
export function indexByName(
  commands: readonly CommandSpec<CommandName>[],
): ReadonlyMap<string, CommandSpec<CommandName>> {
  const byName = new Map<string, CommandSpec<CommandName>>();
  for (const command of commands) {
    for (const word of [command.name, ...command.aliases]) {
      const other = byName.get(word);
      if (other !== undefined) {
        throw new OpsError('config_invalid', 'two commands share a word', {
          details: { word, commands: [other.name, command.name] },
        });
      }
      byName.set(word, command);
    }
  }
  return byName;
}

/** "Try: ..." for a command. */
export function findUsage(name: string): string {
  const command = findCommand(name);
  return command === undefined
    ? 'Type help for what I can do.'
    : `Try: ${command.examples[0] ?? command.name}`;
}
