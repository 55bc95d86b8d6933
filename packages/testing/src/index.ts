// Contract suites import Jest, which only loads inside it: they stand behind '@jamie/testing/contracts', so that a
// plain program (a bench, a fault run) can use the fakes and servers here.
export { FakeClock } from './fakes/fake-clock.ts';
export { type LogEntry, RecordingLogger } from './fakes/recording-logger.ts';
export { SequentialIds } from './fakes/sequential-ids.ts';
export { createTemporaryDirectory, type TemporaryDirectory } from './fakes/temporary-directory.ts';
