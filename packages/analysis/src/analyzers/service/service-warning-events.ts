import type { EventView } from '@jamie/core';
import { observeEvent } from '../../evidence/observe.ts';
import { RECENT_MS } from '../../thresholds.ts';
import { countOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';

// Two controllers wrote at once; the next try succeeds.
const CONFLICT = /the object has been modified|please apply your changes to the latest version/i;

/** From so many on it is not one failed try. */
const MIN_COUNT = 3;

/** CHK-SVC-214: a controller keeps failing over a Service. */
export const serviceWarningEvents = defineAnalyzer({
  code: 'CHK-SVC-214',
  title: 'Service that a controller keeps failing over',
  severity: 'warning',
  tier: 'service',
  reads: ['Service', 'Event'],
  standsAlone: true,
  explainedBy: ['CHK-SVC-212'],
  sources: ['k8sgpt Service warning events'],
  analyze: (index) =>
    index.services.flatMap((service) => {
      const event = index.eventsOf(service).find((each) => isFailing(each, index.takenAt));
      if (event === undefined || service.deletingSince !== undefined) return [];
      return [
        describeConfiguration(index, service, {
          summary: `a controller has failed over it ${countOf(event.count, 'time')}: ${event.reason}`,
          field: 'spec.type',
          says: service.type,
          evidence: [observeEvent(event, service)],
          since: event.firstSeen,
          confidence: 'low',
          explanation: `A controller has reported ${event.reason} about Service ${service.name} ${countOf(event.count, 'time')}; what it should do for the Service is not done.`,
          remedy: {
            label: 'Read what the controller says',
            advice: `Look at the event ${event.reason} of Service ${service.name} and at the log of the controller that sent it.`,
          },
        }),
      ];
    }),
});

function isFailing(event: EventView, now: number): boolean {
  return (
    event.type === 'Warning' &&
    event.count >= MIN_COUNT &&
    now - event.lastSeen < RECENT_MS &&
    !CONFLICT.test(event.message)
  );
}
