import type { OperandCommand } from '../operation/operation-verb.ts';
import type { Verb } from './verbs.ts';

/**
 * What has to be said beside the verb for it to mean this: a kind of object, a node's name, an amount of memory or CPU,
 * an image, an autoscaler. `plain`: nothing.
 */
export type Evidence =
  | 'plain'
  | 'cron'
  | 'job'
  | 'kind'
  | 'node'
  | 'workload'
  | 'image'
  | 'resource'
  | 'bounds'
  | 'label'
  | 'annotation'
  | 'now';

/** One way to order an operation. */
export interface OperationWay {
  readonly verb: Verb & { readonly command: OperandCommand };
  readonly evidence: Evidence;
}

/** `evidence command: way to say it, another way`; dots stand for what may come in between. */
const LEXICON = `
plain drain: drain, evacuate, take … out of service, take … out of rotation, take … out of the cluster
node drain: empty, clear
plain cordon: cordon, cordon off, mark … as unschedulable, mark … unschedulable, make … unschedulable, stop scheduling on, stop scheduling pods on, stop scheduling new pods on, stop scheduling onto
plain uncordon: uncordon, un-cordon, mark … as schedulable, mark … schedulable, make … schedulable, allow scheduling on, resume scheduling on, put … back into service, put … back in service, put … back into rotation, bring … back into service, bring … back in service, take … back into service
node uncordon: put … back, bring … back, return
workload pause: pause, pause the rollout of, pause the rollout on, hold the rollout of, halt the rollout of, stop the rollout of, suspend the rollout of, hold
workload pause: pause … rollout, hold … rollout, halt … rollout, stop … rollout
workload resume: resume, unpause, un-pause, resume the rollout of, resume the rollout on, continue the rollout of, unpause the rollout of, restart the rollout of, resume … rollout, continue … rollout, unpause … rollout
cron suspend: suspend, pause, stop, halt, disable, deactivate, turn off, turn … off, switch off, switch … off
cron resume: resume, unsuspend, un-suspend, unpause, enable, re-enable, reenable, reactivate, activate, turn on, turn … on, turn … back on, turn back on, switch on, switch … on, switch … back on
cron run: run, trigger, kick off, execute, fire, fire off, launch, start a run of, start a job from, start a job of
now run: run, trigger, kick off
job rerun: rerun, re-run, run, retry, redo, restart, repeat
plain rerun: rerun, re-run
kind delete: delete, kill, terminate, remove, get rid of
image image: image, set-image, set the image of, set the image on, set the image for, set the image in, set image of, set image on, set image, set, change the image of, change the image on, change, update, update the image of, upgrade, switch, swap, use, deploy, roll out, rollout, release, run, put, move, bump
resource resize: resize, set, give, raise, increase, lower, decrease, reduce, change, bump, bump up, cut, grant, update, adjust, put, allow, assign, limit
bounds autoscale: autoscale, let … scale, let … autoscale, let … grow, set, change, raise, lower, increase, decrease, update, adjust, have … scale, have … autoscale
label label: label, add the label, add a label, add label, set the label, set label, put the label, remove the label, remove label, drop the label, delete the label, take the label, add, set, tag
annotation annotate: annotate, add the annotation, add an annotation, add annotation, set the annotation, set annotation, put the annotation, remove the annotation, remove annotation, drop the annotation, delete the annotation, add, set`;

/** Every way, those that say most first. */
const WAYS: readonly OperationWay[] = LEXICON.split('\n')
  .flatMap(readLine)
  .toSorted((left, right) => lengthOf(right) - lengthOf(left));

/** The ways that begin with a word. */
export const OPERATIONS_BY_FIRST: ReadonlyMap<string, readonly OperationWay[]> = Map.groupBy(
  WAYS,
  ({ verb }) => verb.head[0] ?? '',
);

function readLine(line: string): readonly OperationWay[] {
  const [before = '', ways] = line.split(': ');
  if (ways === undefined) return [];
  const [evidence, command] = before.split(' ') as [Evidence, OperandCommand];
  return ways.split(', ').map((way) => {
    const [head = '', particle = ''] = way.split(' … ');
    return {
      evidence,
      verb: {
        meaning: 'operation',
        command,
        head: head.split(' '),
        particle: particle === '' ? [] : particle.split(' '),
      },
    };
  });
}

function lengthOf({ verb }: OperationWay): number {
  return verb.head.length + verb.particle.length;
}
