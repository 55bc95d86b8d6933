import { apply } from './apply.ts';
import { audit } from './audit.ts';
import { breakGlass } from './break-glass.ts';
import { change } from './change.ts';
import { closeCase } from './close-case.ts';
import { clusters } from './clusters.ts';
import { decide } from './decide.ts';
import { delegate } from './delegate.ts';
import { detections } from './detections.ts';
import { diff } from './diff.ts';
import { doctor } from './doctor.ts';
import { edit } from './edit.ts';
import { events } from './events.ts';
import { freeze } from './freeze.ts';
import type { Handlers } from './handler.ts';
import { healing } from './healing.ts';
import { health } from './health.ts';
import { help } from './help.ts';
import { logs } from './logs.ts';
import { plan } from './plan.ts';
import { pods } from './pods.ts';
import { replay } from './replay.ts';
import { review } from './review.ts';
import { several } from './several.ts';
import { status } from './status.ts';
import { stop } from './stop.ts';
import { thanks } from './thanks.ts';
import { top } from './top.ts';
import { undo } from './undo.ts';
import { use } from './use.ts';
import { whoami } from './whoami.ts';
import { why } from './why.ts';

/** What answers each command. */
export const HANDLERS: Handlers = {
  help: async (_context, _asked, { topic }) => help(topic),
  thanks,
  status,
  doctor,
  clusters,
  whoami,
  health,
  why,
  pods,
  logs,
  events,
  diff,
  top,
  detections,
  scale: change,
  restart: change,
  rollback: change,
  image: change,
  resize: change,
  autoscale: change,
  pause: change,
  resume: change,
  suspend: change,
  run: change,
  rerun: change,
  cordon: change,
  uncordon: change,
  drain: change,
  delete: change,
  label: change,
  annotate: change,
  apply,
  several,
  undo,
  edit,
  plan,
  approve: decide,
  deny: decide,
  'break-glass': breakGlass,
  review,
  delegate,
  freeze,
  unfreeze: freeze,
  healing,
  close: closeCase,
  audit,
  replay,
  use,
  stop,
};
