import { describe, expect, it } from '@jest/globals';
import { METRICS } from './metric-catalog.ts';
import { createMetrics } from './metrics.ts';

describe('createMetrics', () => {
  it('publishes what was recorded, under its name and labels', async () => {
    const metrics = createMetrics();
    metrics.increment('jamie_http_requests_total', { method: 'GET', route: '/healthz', status: '200' });
    metrics.increment('jamie_http_requests_total', { method: 'GET', route: '/healthz', status: '200' });
    metrics.set('jamie_websocket_connections', {}, 3);
    metrics.observe('jamie_http_request_duration_seconds', { route: '/healthz' }, 0.01);
    const { contentType, text } = await metrics.expose();
    expect(contentType).toContain('text/plain');
    expect(text).toContain('jamie_http_requests_total{method="GET",route="/healthz",status="200"} 2');
    expect(text).toContain('jamie_websocket_connections 3');
    expect(text).toContain('jamie_http_request_duration_seconds_bucket{le="0.02",route="/healthz"} 1');
    expect(text).toContain('process_resident_memory_bytes');
  });

  it('names every metric of the catalogue from the start', async () => {
    const { text } = await createMetrics().expose();
    for (const name of Object.keys(METRICS)) expect(text).toContain(`# TYPE ${name} `);
  });

  it('keeps two registries apart', async () => {
    const metrics = createMetrics();
    createMetrics().set('jamie_websocket_connections', {}, 9);
    expect((await metrics.expose()).text).not.toContain('jamie_websocket_connections 9');
  });
});
