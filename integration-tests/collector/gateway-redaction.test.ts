import { join } from 'node:path';
import { spansOf } from '@genspan/test-utils';
import { canonicalSpansOf } from './canonical-span.mjs';
import { differences } from './differences.mjs';
import { bytesBelow, foldersOf } from './gateway.mjs';
import { describeWithCollector, GatewayLab, post, SPAN } from './gateway-lab.js';

jest.setTimeout(60_000);

const SECRETS = [
  ['sk', 'test', 'a1B2c3D4e5'.repeat(2)].join('-'),
  ['sk', 'proj', 'a1B2c3D4-e5_'.repeat(4)].join('-'),
  ['sk', 'a1B2c3D4e5'.repeat(4)].join('-'),
  ['jane.doe', 'example.com'].join('@'),
  ['AK', 'IA', 'ABCDEFGH01234567'].join(''),
  ['AI', 'za', 'a1B2c3D4e5'.repeat(3), 'a1B2c'].join(''),
  ['gh', 'p_', 'a1B2c3D4e5'.repeat(3)].join(''),
  ['glpat', 'a1B2c3D4e5'.repeat(2)].join('-'),
  ['xox', 'b-', 'a1B2c3D4e5'].join(''),
  ['sk', 'live', 'a1B2c3D4e5'.repeat(2)].join('_'),
  ['ey', 'JhbGciOiJIUzI1NiJ9', '.ey', 'JzdWIiOiIxMjM0NTYifQ', '.c2lnbmF0dXJl'].join(''),
  ['4111', '1111', '1111', '1111'].join(' '),
  ['Bea', 'rer ', 'a1B2c3D4e5'.repeat(2)].join(''),
  ['-----BEGIN', 'RSA PRIVATE KEY-----\nMIIabcDEF0123\n+/=xyz\n-----END', 'RSA PRIVATE KEY-----'].join(' '),
];

const USUAL_TEXTS = [
  'chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT call_abcdefghijklmnopqrstuvwx resp_67cb61fa3a448190bcf2c42d96f0d1a8',
  'task-01JC3Y5K2Q8WZ4N7R6T9V0XABD of queue desk-0123456789abcdef0123456789abcdef',
  'import sklearn from sk-learn-contrib-and-extras; pip install sk-video==1.1.10',
  'npm i @genspan/node@0.1.0, lodash@4.17.21, import x from "@scope/pkg"',
  '3f2504e0-4f89-11d3-9a0c-0305e82c3301 at 2026-11-22T06:46:07.123Z, 4111 items on 2026-11-22 10:15:20',
  'https://user.example.com:8443/a/b?x=1:2#frag and http://127.0.0.1:4318/v1/traces, then mail',
  'the bearer of bad news, Bearer: none; a basic token counts 12,345 tokens at 0.000000123456789 each',
  'e83c5163316f89bfbde7d9ab23ca2e25604af290 sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  '-----BEGIN CERTIFICATE----- a private key is not in here -----END CERTIFICATE-----',
  'naïve café 東京 👋🏽 [REDACTED:email] "quoted" \\ back \n line',
];

describeWithCollector('redaction by collector-config.yaml', () => {
  let lab: GatewayLab;
  beforeAll(async () => void (lab = await GatewayLab.open()));
  afterAll(() => lab?.close());

  describe('secrets in prompts', () => {
    const secrets = [
      ['sk', 'test', 'a1B2c3D4e5'.repeat(2)].join('-'),
      ['jane.doe', 'example.com'].join('@'),
      ['AK', 'IA', 'ABCDEFGH01234567'].join(''),
      ['-----BEGIN', 'PRIVATE KEY-----\nMIIabc+/=\n-----END', 'PRIVATE KEY-----'].join(' '),
    ];
    const pieces = [...secrets.slice(0, 3), 'MIIabc'];

    it.each([
      ['the application redacts', 'true', '[REDACTED]'],
      ['only the gateway redacts', 'false', '****'],
    ])(
      'are neither in the output nor in the queue when %s, while what stands around them is',
      async (_, isOn, mark) => {
        const name = `secrets-${isOn}`;
        const gateway = await lab.start(name);
        const written = await lab.observe(gateway, 'asks.mjs', {
          OTEL_SERVICE_NAME: name,
          OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
          OTEL_GENSPAN_REDACTION_ENABLED: isOn,
          OTEL_GENSPAN_SAMPLING_KEEP_SLOW: 'true',
          PROMPT: `before ${secrets.join(' between ')} after`,
        });
        expect(written).toHaveLength(4);
        // What waits to be decided is decided now, and goes to the queue.
        expect(await gateway.stop()).toBe('exit code 0');

        const found = (text: string) => pieces.filter((piece) => text.includes(piece));
        expect(found(JSON.stringify(written))).toEqual(isOn === 'true' ? [] : pieces);
        const { output, state } = foldersOf(join(lab.folder, name));
        for (const bytes of [bytesBelow(output), bytesBelow(state)]) {
          expect(found(bytes)).toEqual([]);
          expect(bytes).toContain(`before ${pieces.map(() => mark).join(' between ')} after`);
        }
        expect(found(gateway.log)).toEqual([]);
        for (const { attributes } of gateway.requests().flatMap(spansOf)) {
          expect(JSON.parse(String(attributes['gen_ai.input.messages']))).toContainEqual(
            expect.objectContaining({ role: 'user' }),
          );
        }
      },
    );
  });

  it('leaves alone what only looks a little like a secret', async () => {
    const gateway = await lab.start('usual');
    const spans = USUAL_TEXTS.map((text, index) => ({
      ...SPAN,
      traceId: `${index + 1}`.padStart(32, 'c'),
      spanId: `${index + 1}`.padStart(16, 'c'),
      name: text,
      status: { code: 2, message: text },
      attributes: [
        { key: 'text', value: { stringValue: text } },
        { key: 'gen_ai.output.messages', value: { stringValue: JSON.stringify([{ content: text }]) } },
        {
          key: 'genspan.list',
          value: { arrayValue: { values: [{ stringValue: text }, { doubleValue: 0.4111111111111111 }] } },
        },
        { key: 'gen_ai.usage.input_tokens', value: { intValue: '4111111111111111' } },
      ],
      events: [
        { timeUnixNano: '1', name: text, attributes: [{ key: 'exception.message', value: { stringValue: text } }] },
      ],
    }));
    await post(gateway, spans);
    await gateway.stop();
    const sent = canonicalSpansOf({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
    expect(differences(sent, gateway.requests().flatMap(canonicalSpansOf))).toEqual([]);
  });

  it('masks what has the shape of a secret in every text of a span, behind every escape of JSON', async () => {
    const gateway = await lab.start('shapes');
    const spans = SECRETS.map((secret, index) => {
      const text = `is ${secret} it`;
      const escaped = ['\n', '\t', '"', '\\', '\\n', '\u0001', '/', ' '].map((before) => `is it${before}${secret}\n`);
      const json = JSON.stringify([
        { parts: escaped, nested: JSON.stringify({ parts: escaped, again: JSON.stringify(escaped) }) },
      ]);
      const attributes = [
        { key: 'json', value: { stringValue: json } },
        {
          key: 'list',
          value: {
            arrayValue: { values: [{ kvlistValue: { values: [{ key: 'text', value: { stringValue: text } }] } }] },
          },
        },
      ];
      const events = [{ timeUnixNano: '1', name: text, attributes }];
      const ids = { traceId: `${index + 1}`.padStart(32, 'd'), spanId: `${index + 1}`.padStart(16, 'd') };
      return {
        ...SPAN,
        ...ids,
        name: text,
        status: { code: 2, message: text },
        attributes,
        ...(index % 2 ? { events } : {}),
      };
    });
    await post(gateway, spans);
    await gateway.stop();
    const arrived = gateway.requests().flatMap(spansOf);
    expect(arrived).toHaveLength(SECRETS.length);
    for (const { name, status, attributes, events } of arrived) {
      expect([name, status.message]).toEqual(['is **** it', 'is **** it']);
      expect(events.map((event) => event.name)).toEqual(events.length === 0 ? [] : ['is **** it']);
      const texts = [attributes, ...events.map((event) => event.attributes)].map((all) => String(all['json']));
      for (const text of texts) {
        const [{ parts, nested }] = JSON.parse(text) as [{ parts: string[]; nested: string }];
        const { again } = JSON.parse(nested) as { again: string };
        for (const part of [...parts, ...(JSON.parse(again) as string[])]) expect(part).toMatch(/^is it.*\*\*\*\*/s);
      }
    }
    const bytes = bytesBelow(join(lab.folder, 'shapes'));
    expect(SECRETS.flatMap((secret) => secret.split('\n')).filter((line) => bytes.includes(line))).toEqual([]);
  });
});
