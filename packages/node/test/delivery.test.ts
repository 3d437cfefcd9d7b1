import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BufferedSpanProcessor } from '@genspan/buffered-span-processor';
import { EXPORT_SUCCESS } from '@genspan/span-processor-base';
import type { SpanExporterLike } from '@genspan/span-processor-base';
import { buildSpan } from '@genspan/test-utils';
import { Delivery } from '../src/delivery.js';

const taking: SpanExporterLike = {
  export: (_, done) => done({ code: EXPORT_SUCCESS }),
  shutdown: () => Promise.resolve(),
};

function deliveryTo(count: number): { delivery: Delivery; processors: BufferedSpanProcessor[] } {
  const delivery = new Delivery();
  const processors = Array.from(
    { length: count },
    () => new BufferedSpanProcessor({ exporter: taking, maxQueueSize: 10 }),
  );
  for (const processor of processors) delivery.add('exporter', processor);
  return { delivery, processors };
}

test('gives the numbers of each exporter under a name of its own', async () => {
  const { delivery, processors } = deliveryTo(2);
  processors[1]?.onEnd(buildSpan());
  expect(delivery.pendingCount()).toBe(1);
  await processors[1]?.forceFlush();
  expect(Object.keys(delivery.stats())).toEqual(['exporter', 'exporter 2']);
  expect(delivery.stats()['exporter 2']).toMatchObject({ exported: 1 });
  await Promise.all(processors.map((processor) => processor.shutdown()));
});

test('is as healthy as the worst of its exporters, and says so over HTTP', async () => {
  const { delivery, processors } = deliveryTo(2);
  const server = createServer(delivery.healthHandler()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const ask = () => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/health`);
  expect(await (await ask()).json()).toMatchObject({ status: 'ok', pending: 0 });
  await processors[0]?.shutdown();
  const { status } = await ask();
  expect(status).toBe(503);
  expect(delivery.isHealthy()).toBe(false);
  await processors[1]?.shutdown();
  await new Promise((resolve) => server.close(resolve));
});
