import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wrapOpenAI } from '@genspan/instrumentation-openai';
import { REFUSAL_TEXT, startOpenAIServer } from '@genspan/test-utils';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import OpenAI from 'openai';
import { HtmlReportSpanExporter } from '@genspan/span-exporters';
import { only, parsePage, textsOf } from '../../packages/span-exporters/test/html/open-page.js';

const TOOL = {
  type: 'function' as const,
  function: { name: 'get_time', description: 'The time in a zone', parameters: { type: 'object', properties: {} } },
};

test('what a real client said and was told can be read in the page', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'openai-report-'));
  const server = await startOpenAIServer();
  const exporter = new HtmlReportSpanExporter({ directory: folder, per: 'run' });
  const tracerProvider = new TracerProvider({ spanProcessors: [new BatchSpanProcessor({ exporter })] });
  const ask = (scenario: string, tools = [TOOL]) =>
    wrapOpenAI(
      new OpenAI({
        apiKey: 'none',
        baseURL: server.baseURL,
        maxRetries: 0,
        defaultHeaders: { 'x-scenario': scenario },
      }),
      { tracerProvider, captureMessageContent: true },
    ).chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [
        { role: 'system', content: 'Be <brief>.' },
        { role: 'user', content: 'What time is it?\n</script><script>alert(1)</script>' },
      ],
      ...(tools.length > 0 ? { tools } : {}),
    });
  try {
    await ask('tools');
    await ask('refusal', []);
    await ask('error-429').catch(() => undefined);
    await tracerProvider.shutdown();
    const [name = ''] = readdirSync(folder);
    const page = parsePage(readFileSync(join(folder, name), 'utf8'));
    expect(textsOf(page, 'h2')).toEqual(['chat gpt-4o-mini', 'chat gpt-4o-mini', 'chat gpt-4o-mini']);
    const [failed, refused, called] = ['#t0s0', '#t1s0', '#t2s0'].map((id) => only(page, id));
    if (called === undefined || refused === undefined || failed === undefined) throw new Error('unreachable');
    expect(only(called, '.message.user .text').textContent).toBe(
      'What time is it?\n</script><script>alert(1)</script>',
    );
    expect(textsOf(called, '.message.system .text')).toEqual(['Be <brief>.']);
    expect(textsOf(called, '.tools li b')).toEqual(['get_time']);
    expect(textsOf(called, '.message.assistant .call b')).toEqual(['→ get_time']);
    expect(textsOf(refused, '.refusal .text')).toEqual([REFUSAL_TEXT]);
    expect(textsOf(failed, 'summary > .error')[0]).toMatch(/^✗ /);
    expect([...page.querySelectorAll('script')]).toHaveLength(1);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
});
