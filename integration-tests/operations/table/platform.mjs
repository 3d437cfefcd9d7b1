import { describe, describePromise, outcomeOf } from '../describe.mjs';
import { operation, PROMPT_MARK, SINCE_5 } from '../operation.mjs';

const call = (name, options, run) =>
  operation(name, options, async (bench) => outcomeOf(() => run(bench.client, bench)));
const FAILS = { headers: { 'x-scenario': 'error-404' } };

const files = [
  call('files.create', {}, async (client, bench) =>
    client.files.create({ file: await bench.file('a.jsonl'), purpose: 'batch' }),
  ),
  call('files.list: one page', {}, async (client) => {
    const promise = client.files.list({ limit: 2 });
    const page = await promise;
    return {
      promise: describePromise(promise),
      page,
      hasNext: page.hasNextPage(),
      items: page.getPaginatedItems().length,
    };
  }),
  // Later pages come from the page object, out of sight of `files.list`.
  call('files.list: every page by for await', {}, async (client) => {
    const ids = [];
    for await (const file of client.files.list({ limit: 2 })) ids.push(file.id);
    return ids;
  }),
  call('files.list: the next page by hand', {}, async (client) => {
    const page = await client.files.list({ limit: 2 });
    return [page, await page.getNextPage()];
  }),
  call('files.list: withResponse', {}, async (client) => {
    const { data, response } = await client.files.list({ limit: 1 }).withResponse();
    return { data, response: describe(response) };
  }),
  call('files.list: API error in for await', {}, async (client) => {
    for await (const file of client.files.list({ limit: 2 }, FAILS)) return file;
  }),
  call('files.retrieve', {}, (client) => client.files.retrieve('file-3')),
  call('files.content', {}, async (client) => {
    const response = await client.files.content('file-3');
    return { response: describe(response), text: await response.text() };
  }),
  call('files.delete', { majors: SINCE_5 }, (client) => client.files.delete('file-3')),
  call('files.del', { majors: [4] }, (client) => client.files.del('file-3')),
  call('files.retrieve: API error', {}, (client) => client.files.retrieve('file-3', FAILS)),
];

const batches = [
  call('batches.create', {}, (client, bench) => {
    const params = {
      input_file_id: 'file-1',
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
      metadata: { job: '1' },
    };
    return client.batches.create(bench.params(params));
  }),
  call('batches.retrieve', {}, (client) => client.batches.retrieve('batch_2')),
  call('batches.cancel', {}, (client) => client.batches.cancel('batch_2')),
  call('batches.list', {}, (client) => client.batches.list({ limit: 2 })),
];

const jobs = [
  call('fineTuning.jobs.create', {}, (client, bench) =>
    client.fineTuning.jobs.create(bench.params({ model: 'gpt-4o-mini', training_file: 'file-1' })),
  ),
  call('fineTuning.jobs.retrieve', {}, (client) => client.fineTuning.jobs.retrieve('ftjob-2')),
  call('fineTuning.jobs.cancel', {}, (client) => client.fineTuning.jobs.cancel('ftjob-2')),
  call('fineTuning.jobs.list', {}, (client) => client.fineTuning.jobs.list({ limit: 2 })),
];

const conversations = [
  call('conversations.create', { majors: SINCE_5 }, (client, bench) => {
    const items = [{ type: 'message', role: 'user', content: PROMPT_MARK }];
    return client.conversations.create(bench.params({ metadata: { topic: 'demo' }, items }));
  }),
  call('conversations.retrieve', { majors: SINCE_5 }, (client) => client.conversations.retrieve('conv_7')),
  call('conversations.update', { majors: SINCE_5 }, (client, bench) =>
    client.conversations.update('conv_7', bench.params({ metadata: { topic: 'x' } })),
  ),
  call('conversations.delete', { majors: SINCE_5 }, (client) => client.conversations.delete('conv_7')),
];

/** Calls that are no part of what is observed: they must work, and leave no span. */
const unobserved = [
  call('models.list', { spans: 0 }, (client) => client.models.list()),
  call('a raw request of the client', { spans: 0 }, (client) => client.get('/models')),
];

export const platform = [...files, ...batches, ...jobs, ...conversations, ...unobserved];
