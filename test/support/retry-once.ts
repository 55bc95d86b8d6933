import { jest } from '@jest/globals';

// A real control plane and a real browser share two cores with everything else. One more try, with the first failure
// printed, keeps a slow moment from being taken for a fault; a fault fails twice. Unit tests get no second try.
if (process.env['CI'] !== undefined) jest.retryTimes(1, { logErrorsBeforeRetry: true });
