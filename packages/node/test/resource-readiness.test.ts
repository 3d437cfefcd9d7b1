import { resourceFromAttributes } from '@opentelemetry/resources';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { ResourceReadiness } from '../src/resource-readiness.js';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('ResourceReadiness', () => {
  it('has the resource complete soon after the first span has started', async () => {
    const resource = resourceFromAttributes({ 'host.id': Promise.resolve('id') });
    const provider = new TracerProvider({ resource, spanProcessors: [new ResourceReadiness()] });
    await nextTurn();
    expect(resource.asyncAttributesPending).toBe(true);
    provider.getTracer('app').startSpan('a');
    await nextTurn();
    expect(resource.asyncAttributesPending).toBe(false);
    expect(resource.attributes['host.id']).toBe('id');
  });

  it('asks once, and does not mind a refusal', async () => {
    const resource = resourceFromAttributes({ 'host.id': new Promise(() => undefined) });
    const asked = jest.spyOn(resource, 'waitForAsyncAttributes').mockRejectedValue(new Error('no'));
    const provider = new TracerProvider({ resource, spanProcessors: [new ResourceReadiness()] });
    provider.getTracer('app').startSpan('a');
    provider.getTracer('app').startSpan('b');
    await nextTurn();
    expect(asked).toHaveBeenCalledTimes(1);
  });
});
