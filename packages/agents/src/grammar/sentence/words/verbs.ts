import type { OperandCommand } from '../operation/operation-verb.ts';
import { wordsOf } from './phrases.ts';

/** What an order with this verb is about. `unsupported`: we have no such operation. `unclear`: it may mean several. */
export type VerbMeaning =
  | 'scale'
  | 'restart'
  | 'rollback'
  | 'undo'
  | 'approve'
  | 'deny'
  | 'freeze'
  | 'unfreeze'
  | 'use'
  | 'stop'
  | 'unsupported'
  | 'unclear'
  /** One of the catalogue that has words of its own: `command` says which. */
  | 'operation';

/** One way to say an order. */
export interface Verb {
  readonly meaning: VerbMeaning;
  readonly command?: OperandCommand;
  /** What it begins with; dots stand for what may come in between, and the rest follows later: `roll … back`. */
  readonly head: readonly string[];
  readonly particle: readonly string[];
  /** The amount that the verb itself says: a factor, or 0 replicas. */
  readonly factor?: number;
  readonly replicas?: number;
  /** Which way a number goes: `increase by 2`, `remove 2 replicas`. */
  readonly sign?: 1 | -1;
  /** A bare number is a difference: `add 2`. */
  readonly counts?: boolean;
  /** Means this only together with an amount or a revision: `set web to 3`. */
  readonly needs?: 'number';
  /** A bare number is not enough: `take web to 3`, not `take web 3`. */
  readonly isStrict?: boolean;
}

/** `meaning: way to say it, another way`, with what the way adds in front: `x2` `x0.5` `=0` `+` `-` `+n` `-n` `#` `##`. */
const LEXICON = `
restart: restart, re-start, bounce, reboot, recycle, relaunch, kick, power-cycle, power cycle, cycle, rollout restart, rolling restart
restart: do a restart of, do a rolling restart of, do a restart on, do restart, do a quick restart of, perform a restart of, perform a rolling restart of, trigger a restart of, trigger a rolling restart of, start a rolling restart of
restart: make a restart of, make restart of, initiate a restart of, kick off a restart of, give … a restart, give … a bounce, give … a kick, give … a reboot, give … a quick restart, give … a rolling restart
restart: do a rollout restart of, do the restart of, make a rolling restart of, initiate a rolling restart of, run a rolling restart of, run a restart of, issue a restart of, issue a restart for
rollback: rollback, roll-back, roll back, roll … back, rolled … back, revert, go back to … of, rollout undo, rollout-undo, back out, back … out, do a rollback of, perform a rollback of, trigger a rollback of, do a rollback on, make a rollback of
# rollback: restore, go back, return, downgrade, reset, move, switch
scale: scale, rescale, re-scale, scale out, autoscale to
+ scale: crank up, crank … up, dial up, dial … up, ramp up, ramp … up, pump up, beef up, beef … up, upscale, scale up, scale … up, increase, raise, bump, bump up, boost, grow, expand, increase the number of, step up
- scale: dial … down, knock down, knock … down, ramp down, ramp … down, pull … down, step down, wind down, tone down, downscale, scale down, scale … down, decrease, reduce, lower, drop, cut, cut down, shrink, trim, scale back, dial down
# scale: set, make, put, run, give
## scale: get, bring, take, change, adjust, keep, bring … back up, bring … up, bring … down, size, pin, go to, move
+n scale: add, start, spin up, bring up, launch, spawn
-n scale: lose, drop … from, drop … off, cut … from, shave … off, remove, take … off, take … from, take … away from, take off, take away, spin down, subtract, shed, drop off
x2 scale: double, twice as many, twice the, run twice as many, run twice the, run double the
x3 scale: triple, treble
x4 scale: quadruple
x0.5 scale: half, half the, halve, half as many, run half as many, run half the
=0 scale: shut down, shut … down, shutdown, turn off, turn … off, switch off, switch … off
undo: revert the last change, revert the change, revert my change, revert your change, revert that change, revert this change, revert my last change, revert your last change, roll back the last change, roll back that change, roll back this change, roll back your last change, undo, take … back, put … back the way it was, put … back how it was, put … back as it was, unroll, reverse
approve: you may go ahead, you can go ahead, please go on, approve, approved, go ahead, go for it, do it, proceed, ship it, lgtm, looks good to me, i approve, make it so, i approve of, permission granted, approval granted, carry on with it, you may proceed, we approve, sign off
deny: deny, denied, reject, rejected, decline, declined, refuse, veto, i deny, i reject, turn down, disapprove
freeze: freeze, halt all changes, stop all changes, block all changes, pause all changes, no more changes, hold all changes, lock down, stop all deployments, block all writes
unfreeze: unfreeze, un-freeze, thaw, defreeze, lift the freeze, end the freeze, remove the freeze, stop the freeze, cancel the freeze, allow changes again, resume changes, resume all changes, release the freeze, lift the change freeze, end the change freeze, take off the freeze, turn off the freeze, allow all changes again, let changes through again, open up changes again
use: i want to work in, i want to work on, i want to use, i would like to work in, i would like to use, i am working in, i am working on, i will work in, we work in, we are working in, we are working on, i work in, remove the default, remove my default, drop the default, drop my default, use, work in, work on, work with, switch to, switch over to, default to, set the default, set my default, set default, set our default, change the default, change my default, set the namespace, set the cluster, set namespace, set cluster, set my namespace, set my cluster, set this channel, change to, go to, clear the defaults, clear defaults, clear my defaults, clear the default, clear my default, forget the defaults, forget my defaults, forget the default, forget my default, reset the defaults, reset my defaults, reset defaults, remove the defaults, remove my defaults, drop the defaults, drop my defaults, always use, always work in, always look in, always look at, stay in, stay on, forget the default namespace, forget the default cluster, clear the channel defaults, clear the settings, reset the settings, clear my settings, forget my settings, unset the defaults, unset my defaults, unset the default, let us work in, let us use, make … the default, make … my default, make … our default, set … as the default, set … as my default, set … as default, use … as the default, use … as my default
stop: stop, cancel, abort, halt, never mind, nevermind, forget it, forget that, forget about it, forget about that, drop it, drop that, leave it, scrap that, scrap it, quit, break off, knock it off, hold off
unsupported: delete, remove, add, launch, spawn, destroy, purge, wipe, erase, kill, terminate, nuke, drain, cordon, uncordon, taint, untaint, evict, exec, execute, ssh, kubectl, helm, shell, sh, bash, create, install, uninstall, apply, patch, edit, replace, resize, rename, upgrade, update, redeploy, suspend, pause, unpause, resume, migrate, promote, label, annotate, attach, port-forward, portforward, expose, rebuild, reschedule, clone, copy, deploy, release, mount, backup, back up, truncate, flush, reinstall, configure, enable, disable, rotate, renew, merge, push, publish, provision, autoscale, open a shell, get a shell, get me a shell, give me a shell, open a terminal, log into, log in to, run a command, run kubectl, run helm, connect to, docker, k, sudo, rm, curl, set the image, set image, change the image, swap the image, roll out, rollout, force delete, clean up, tear down, blow away, get rid of, move the pods, take a backup, empty, remove the, evacuate, trash, drop the, eject, tidy up
unclear: bring up, stop the, start, restore, return, downgrade, go back, turn on, turn … on, switch on, bring … back, bring back, bring back up, bring … online, bring … offline, take … down, take … offline, take down, bring down, wake up, roll, fix, repair, heal, mend, reset, reload, refresh, unstick, unblock, rescue, help out, recover, handle, retry, redo, re-run, rerun, reconcile, sync, tweak, tune, optimise, optimize, schedule`;

/** Every way to say an order, those that say most first. */
const VERBS: readonly Verb[] = LEXICON.split('\n')
  .flatMap(readLine)
  .sort((left, right) => lengthOf(right) - lengthOf(left));

/** The ways that begin with a word. */
export const VERBS_BY_FIRST: ReadonlyMap<string, readonly Verb[]> = Map.groupBy(
  VERBS,
  ({ head: [first = ''] }) => first,
);

/** Forms of verbs that speak of a change without ordering one. */
export const CHANGE_FORMS =
  wordsOf(`restart restarts restarted restarting re-start re-started bounce bounces bounced bouncing reboot reboots rebooted rebooting relaunch relaunched
recycle recycled recycling scale scales scaled scaling upscale upscaled downscale downscaled rescale rescaled rollback rollbacks rolled roll rolling revert reverts reverted reverting undo undone undid undoing
approve approves approved approving approval deny denies denied denying reject rejected freeze freezes froze frozen freezing unfreeze unfreezes thaw delete deletes deleted deleting drain drained draining
cordon cordoned uncordon kill killed killing kubectl halve halved double doubled doubling triple exec redeploy redeployed wipe wiped destroy destroyed`);

/** The verb of its -ing form. */
export const GERUNDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    restarting: 'restart',
    bouncing: 'bounce',
    rebooting: 'reboot',
    recycling: 'recycle',
    scaling: 'scale',
    rolling: 'roll',
    reverting: 'revert',
    undoing: 'undo',
    approving: 'approve',
    denying: 'deny',
    rejecting: 'reject',
    doubling: 'double',
    halving: 'halve',
    freezing: 'freeze',
    increasing: 'increase',
    reducing: 'reduce',
    adding: 'add',
    removing: 'remove',
    setting: 'set',
    deleting: 'delete',
    draining: 'drain',
    cordoning: 'cordon',
    uncordoning: 'uncordon',
    pausing: 'pause',
    resuming: 'resume',
    suspending: 'suspend',
    running: 'run',
    triggering: 'trigger',
    rerunning: 'rerun',
    killing: 'kill',
    labelling: 'label',
    putting: 'put',
    marking: 'mark',
    shutting: 'shut',
    lifting: 'lift',
    using: 'use',
    switching: 'switch',
    bumping: 'bump',
    giving: 'give',
    bringing: 'bring',
    taking: 'take',
  }),
);

function readLine(line: string): readonly Verb[] {
  const [before = '', ways] = line.split(': ');
  if (ways === undefined) return [];
  const [mark, named] = before.includes(' ') ? before.split(' ') : ['', before];
  const meaning = named as VerbMeaning;
  return ways.split(', ').map((way): Verb => {
    const [head = '', particle = ''] = way.split(' … ');
    return {
      meaning,
      head: head.split(' '),
      particle: particle === '' ? [] : particle.split(' '),
      ...readMark(mark ?? ''),
    };
  });
}

function readMark(mark: string): Partial<Verb> {
  if (mark.startsWith('x')) return { factor: Number(mark.slice(1)) };
  if (mark === '=0') return { replicas: 0 };
  if (mark === '#') return { needs: 'number' };
  if (mark === '##') return { needs: 'number', isStrict: true };
  const sign = mark.startsWith('+') ? 1 : mark.startsWith('-') ? -1 : undefined;
  return sign === undefined ? {} : { sign, counts: mark.endsWith('n') };
}

function lengthOf({ head, particle }: Verb): number {
  return head.length + particle.length;
}
