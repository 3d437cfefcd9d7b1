import { startOpenAIServer, type OpenAIServer } from '@genspan/test-utils';
import { ClientTypes } from './client-types.js';
import { startHostileServer, type HostileServer } from './hostile-server.js';
import { CONTENT, NEVER, plainPath, WELL_KNOWN } from './known-places.js';
import { observedRun, type ObservedRun } from './observed-run.js';
import { plantedAnswers, plantedErrors, plantedNonsense } from './planted-answers.js';
import { plantedClients } from './planted-clients.js';
import { MODEL, plantedCalls } from './planted-requests.js';
import { SECRET_SHAPES, SecretField, type PlantedSecret } from './planted-secrets.js';
import type { Plan, PlannedCall } from './plan.js';
import { SecretSearch } from './secret-search.js';

jest.setTimeout(120_000);

const BY_IMPORT = { args: ['--import', '@genspan/node/register', 'app.mjs'], protocol: 'http/protobuf' } as const;
/** With all that OpenTelemetry says about itself, which repeats much of what it sends. */
const BY_REQUIRE = {
  args: ['--require', '@genspan/node/register', 'app.cjs'],
  protocol: 'http/json',
  logLevel: 'all',
} as const;

/** Enough for every field where each union has been gone through by another shape. */
const SOME = 12;

let types: ClientTypes;
let openai: OpenAIServer;
let hostile: HostileServer;
beforeAll(async () => {
  types = ClientTypes.read();
  openai = await startOpenAIServer();
  hostile = await startHostileServer();
});
afterAll(() => Promise.all([openai.close(), hostile.close()]));

describe('with content capture off', () => {
  const secrets = new SecretField();
  let plan: Plan;
  let search: SecretSearch<PlantedSecret>;
  beforeAll(() => {
    const requests = requestsWithSecrets(secrets);
    const answers = answersWithSecrets(secrets);
    plan = { clients: { ...requests.clients, ...answers.clients }, calls: [...requests.calls, ...answers.calls] };
    search = new SecretSearch(secrets.all);
  });

  it.each([BY_IMPORT, BY_REQUIRE])('exports no byte of a secret, over $protocol', async (how) => {
    const run = await observedRun(plan, how);
    expectToHaveRecorded(run, plan.calls.length);
    // Either nothing to say, or everything.
    expect(run.result.stderr.includes(MODEL)).toBe('logLevel' in how);
    if (!('logLevel' in how)) expect(run.result.stderr).toBe('');
    expect(leaks(run, search)).toEqual([]);
  });

  it('has planted secrets in the fields that everybody thinks of', () => {
    const places = new Set(secrets.all.map(({ place }) => plainPath(place)));
    expect(WELL_KNOWN.filter((place) => !places.has(place))).toEqual([]);
  });

  it('exports the model, which is the only field of a request that the conventions ask for as it is', async () => {
    const model = new SecretField();
    const value = model.at('model', 'key');
    const args = [{ model: value, messages: [{ role: 'user', content: 'hello' }] }];
    const call = { client: 'plain', resource: ['chat', 'completions'], method: 'create', args };
    const run = await observedRun({ clients: { plain: openAIClient(openai.url) }, calls: [call] }, BY_IMPORT);
    const [span] = run.receiver.spans;
    expect(span?.name).toBe(`chat ${value}`);
    const names = Object.entries(span?.attributes ?? {}).flatMap(([name, said]) =>
      JSON.stringify(said).includes(value) ? [name] : [],
    );
    // The server names the model that answered after the one it was asked for.
    expect(names.sort()).toEqual(['gen_ai.request.model', 'gen_ai.response.model', 'genspan.trace.models']);
    expect(new SecretSearch(model.all).findIn('traces', exportedBy(run, 'OTLP traces')).length).toBeGreaterThan(0);
  });
});

describe('with content captured on spans', () => {
  const secrets = new SecretField();
  let run: ObservedRun;
  let search: SecretSearch<PlantedSecret>;
  let calls: number;
  beforeAll(async () => {
    const planted = plantedClients(openai.url, secrets);
    // Unknown words too: what carries a credential is not always of a known type.
    const requests = [false, true].flatMap((everyWord) =>
      plantedCalls(types, secrets, 'plain', { shape: 'text', everyWord, most: SOME }),
    );
    const plan = { clients: planted.clients, calls: [...planted.calls, ...requests] };
    calls = plan.calls.length;
    run = await observedRun(plan, { ...BY_IMPORT, capture: 'span_only' });
    search = new SecretSearch(secrets.all);
  });

  it('records each call', () => expectToHaveRecorded(run, calls));

  it.each(['OTLP traces', 'JSONL', 'stdout'])(
    'finds prompts in %s, so that finding none elsewhere means something',
    (source) => {
      const found = new Set(
        search.findIn(source, exportedBy(run, source)).map(({ secret }) => plainPath(secret.place)),
      );
      expect(CONTENT.filter((place) => !found.has(place))).toEqual([]);
    },
  );

  it('exports no content with metrics and logs', () => {
    const elsewhere = new Map([...run.exported].filter(([source]) => /metrics|logs/.test(source)));
    expect(leaks({ ...run, exported: elsewhere }, search)).toEqual([]);
  });

  it('exports no credential and nothing about the user', () => {
    const credentials = secrets.all.filter(({ place }) => NEVER.test(place));
    expect(credentials.length).toBeGreaterThan(200);
    expect(leaks(run, new SecretSearch(credentials))).toEqual([]);
  });
});

/** Where secrets were found: for each place they were planted in, one of the places they left by. */
function leaks(run: ObservedRun, search: SecretSearch<PlantedSecret>): string[] {
  const lines = new Map<string, string>();
  for (const [source, bytes] of run.exported) {
    for (const { secret, form, excerpt } of search.findIn(source, bytes)) {
      const planted = `${secret.place} (${secret.shape})`;
      if (!lines.has(planted)) lines.set(planted, `${planted} ${form} in ${source}: ${JSON.stringify(excerpt)}`);
    }
  }
  return [...lines.values()];
}

/** Nothing is missing from what is searched: one span for each call, and what every exporter made of it. */
function expectToHaveRecorded({ receiver, result, exported }: ObservedRun, calls: number): void {
  expect(result).toMatchObject({ exitCode: 0, timedOut: false });
  expect(receiver.spans).toHaveLength(calls);
  expect(receiver.logs.length).toBeGreaterThan(0);
  expect(receiver.metrics.length).toBeGreaterThan(0);
  const silent = [...exported].filter(([, bytes]) => !bytes.includes(MODEL)).map(([source]) => source);
  expect(silent.filter((source) => source !== 'stderr')).toEqual([]);
}

function exportedBy(run: ObservedRun, source: string): Buffer {
  const bytes = run.exported.get(source);
  if (bytes === undefined) throw new Error(`Expected one of ${[...run.exported.keys()].join()}, got ${source}`);
  return bytes;
}

function openAIClient(url: string): Plan['clients'][string] {
  return { class: 'OpenAI', options: { apiKey: 'none', baseURL: `${url}/v1`, maxRetries: 0, logLevel: 'off' } };
}

function requestsWithSecrets(secrets: SecretField): Plan {
  const { clients, calls } = plantedClients(openai.url, secrets);
  const everyField = SECRET_SHAPES.flatMap((shape) =>
    plantedCalls(types, secrets, 'plain', { shape, everyWord: false, ...(shape === 'text' ? {} : { most: SOME }) }),
  );
  const everyWord = (['text', 'word'] as const).flatMap((shape) =>
    plantedCalls(types, secrets, 'plain', { shape, everyWord: true, most: SOME }),
  );
  return { clients, calls: [...calls, ...everyField, ...everyWord] };
}

function answersWithSecrets(secrets: SecretField): Plan {
  const failed = (['text', 'word', 'key'] as const).flatMap((shape) => [
    ...plantedErrors(types, secrets, 'hostile', shape),
    ...plantedNonsense(types, secrets, 'hostile', shape),
  ]);
  const answered = [...plantedAnswers(types, secrets, 'hostile', 'text'), ...failed];
  const calls = answered.map(({ call, answer }): PlannedCall => {
    return { ...call, args: [...call.args, { headers: hostile.expect(answer) }] };
  });
  return { clients: { hostile: openAIClient(hostile.url) }, calls };
}
