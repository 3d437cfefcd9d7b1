import { readEnvironment } from '@genspan/configuration';
import { parseContentCapture } from '@genspan/genai-operation';

const VARIABLE = 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT';

describe('the variable that turns content capture on', () => {
  // The preload and the instrumentation by itself each read it: neither may import the other.
  it.each(['true', 'FALSE', 'none', 'no_content', 'NO_CONTENT', 'span_only', 'EVENT_ONLY', 'Span_And_Event'])(
    'means the same to the preload and to the instrumentation alone: %s',
    (word) => {
      const { model, problems } = readEnvironment({ [VARIABLE]: word });
      expect(problems).toEqual([]);
      expect(model.genai.captureMessageContent).toBe(parseContentCapture(word));
    },
  );

  it('captures nothing on any other word', () => {
    expect(readEnvironment({ [VARIABLE]: 'all' }).model.genai.captureMessageContent).toBe('none');
    expect(parseContentCapture('all')).toBeUndefined();
  });
});
