import { diagnose, logsWanted, pickLogLines, redactSecrets } from '@jamie/analysis';
import type {
  ClusterConnection,
  ClusterSnapshot,
  Diagnosis,
  DiagnosisScope,
  LogQuery,
  ObjectRef,
  Principal,
} from '@jamie/core';
import { isOpsError } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { Place } from '../grammar/intent.ts';
import type { CommandRequest } from './command-request.ts';
import { diagnosisReply } from './diagnosis-reply.ts';
import { connectTo, findTarget } from './find-target.ts';
import { type Outcome, refusal } from './outcome.ts';
import { mayRead } from './read-rights.ts';
