import { toFile } from 'openai';
import type OpenAI from 'openai';
import { managementOperation } from '../src/management-operation.js';
import { observedOpenAI, type ObservedOpenAI } from './observed-openai.js';

const upload = () => toFile(Buffer.from('{}'), 'my secret file.jsonl');

describe('files, batches and fine-tuning jobs', () => {
  let observed: ObservedOpenAI;
  beforeAll(async () => {
    observed = await observedOpenAI({ captureMessageContent: 'span_and_event' });
  });
  afterAll(() => observed.close());
  const span = () => observed.spans().at(-1);

  it.each<[string, (client: OpenAI) => Promise<unknown>]>([
    ['file create', async ({ files }) => files.create({ file: await upload(), purpose: 'batch' })],
    ['file retrieve', async ({ files }) => files.retrieve('file-1')],
    ['file list', async ({ files }) => files.list({ limit: 2 })],
    ['file content', async ({ files }) => files.content('file-1')],
    ['file delete', async ({ files }) => files.delete('file-1')],
    [
      'batch create',
      async ({ batches }) =>
        batches.create({
          input_file_id: 'file-1',
          endpoint: '/v1/chat/completions',
          completion_window: '24h',
          metadata: { note: 'secret note' },
        }),
    ],
    ['batch retrieve', async ({ batches }) => batches.retrieve('batch_1')],
    ['batch list', async ({ batches }) => batches.list()],
    ['batch cancel', async ({ batches }) => batches.cancel('batch_1')],
    [
      'fine_tuning create',
      async ({ fineTuning }) =>
        fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file: 'file-1', suffix: 'secret-suffix' }),
    ],
    ['fine_tuning retrieve', async ({ fineTuning }) => fineTuning.jobs.retrieve('ftjob-1')],
    ['fine_tuning list', async ({ fineTuning }) => fineTuning.jobs.list()],
    ['fine_tuning cancel', async ({ fineTuning }) => fineTuning.jobs.cancel('ftjob-1')],
    ['fine_tuning listEvents', async ({ fineTuning }) => fineTuning.jobs.listEvents('ftjob-1')],
    ['fine_tuning pause', async ({ fineTuning }) => fineTuning.jobs.pause('ftjob-1')],
    ['fine_tuning resume', async ({ fineTuning }) => fineTuning.jobs.resume('ftjob-1')],
  ])('record one span for %s, and no content', async (name, call) => {
    const before = observed.spans().length;
    await call(observed.client());
    expect(observed.spans()).toHaveLength(before + 1);
    expect(span()?.name).toBe(name);
    const { attributes } = span() ?? {};
    expect(attributes?.['gen_ai.operation.name']).toBe(name.split(' ')[0]);
    expect(Object.keys(attributes ?? {}).sort()).toEqual(
      [
        'gen_ai.operation.name',
        'gen_ai.provider.name',
        'server.address',
        'server.port',
        ...(name === 'fine_tuning create' ? ['gen_ai.request.model'] : []),
        ...(/^fine_tuning (?!list)/.test(name) ? ['gen_ai.response.model'] : []),
      ].sort(),
    );
    expect(JSON.stringify(attributes)).not.toContain('secret');
    expect(observed.events()).toEqual([]);
  });

  it('pass on every page of a list', async () => {
    const names: string[] = [];
    for await (const file of observed.client().files.list()) names.push(file.id);
    expect(names).toEqual(['file-1', 'file-2', 'file-3', 'file-4', 'file-5']);
  });

  it('leave the bytes of a file to the caller', async () => {
    const response = await observed.client().files.content('file-1');
    expect(response.bodyUsed).toBe(false);
    expect(await response.text()).toContain('custom_id');
  });

  it('record a failure by its code', async () => {
    await expect(observed.client('error-404').files.retrieve('file-9')).rejects.toThrow();
    expect(span()?.status.code).toBe(2);
    expect(span()?.attributes['error.type']).toBe('model_not_found');
  });
});

describe('managementOperation', () => {
  it.each([undefined, null, 'text', new Response('body'), [], { data: [] }])('bears the answer %p', (value) => {
    expect(managementOperation('file', 'list').response(value)).toEqual({ result: { responseModel: undefined } });
  });

  it('counts no tokens of a batch, which each look at it would count again', () => {
    const batch = { id: 'batch_1', model: 'gpt-4o', usage: { input_tokens: 5, output_tokens: 7 } };
    expect(managementOperation('batch', 'retrieve').response(batch)).toEqual({ result: { responseModel: 'gpt-4o' } });
  });
});
