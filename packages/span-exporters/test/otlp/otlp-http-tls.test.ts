import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { ServerOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import type { ExportResultLike } from '@genspan/span-processor-base';
import { buildSpan } from '@genspan/test-utils';
import { OtlpHttpSpanExporter } from '../../src/otlp/otlp-http-span-exporter.js';
import type { OtlpHttpSpanExporterOptions } from '../../src/otlp/otlp-http-options.js';
import { started } from './raw-server.js';

/** Node makes no certificates; openssl does. Without it nothing here can be tried. */
const openssl = (() => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write('Without openssl on this machine, OTLP over TLS is not tested.\n');
    return false;
  }
})();
const whereCertificates = openssl ? describe : describe.skip;

jest.setTimeout(30_000);

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'tls-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function certificate(name: string, subject: string): { cert: string; key: string } {
  const [cert, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  const subjects = ['-subj', `/CN=${subject}`, '-addext', `subjectAltName=IP:127.0.0.1,DNS:${subject}`];
  const args = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
    '-keyout',
    key,
    '-out',
    cert,
  ];
  execFileSync('openssl', [...args, ...subjects], { stdio: 'ignore' });
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
}

async function sent(options: OtlpHttpSpanExporterOptions, count = 1): Promise<ExportResultLike[]> {
  const exporter = new OtlpHttpSpanExporter(options);
  const results: ExportResultLike[] = [];
  for (let i = 0; i < count; i++) {
    results.push(await new Promise((resolve) => exporter.export([buildSpan()], resolve)));
  }
  await exporter.shutdown();
  return results;
}

whereCertificates('over TLS', () => {
  const peers: string[] = [];
  const connections = new Set<number | undefined>();
  const server = (options: ServerOptions) =>
    started(
      createServer(options, (request, response) => {
        const socket = request.socket as TLSSocket;
        connections.add(socket.remotePort);
        const subject = socket.getPeerCertificate().subject as { CN?: string } | undefined;
        peers.push(subject?.CN ?? '');
        request.resume().on('end', () => response.end());
      }),
      'https',
    );

  test('a receiver of an own authority is trusted when that is given, over one connection', async () => {
    const { cert, key } = certificate('server', 'receiver.test');
    await using receiver = await server({ cert, key });
    expect(await sent({ url: receiver.url, tls: { ca: cert } }, 3)).toEqual([{ code: 0 }, { code: 0 }, { code: 0 }]);
    expect(connections.size).toBe(1);
    expect(await sent({ url: receiver.url, tls: { ca: [Buffer.from(cert)] } })).toEqual([{ code: 0 }]);
  });

  test('a certificate that nobody vouches for is refused, by its code', async () => {
    const { cert, key } = certificate('stranger', 'receiver.test');
    await using receiver = await server({ cert, key });
    const [result] = await sent({ url: receiver.url });
    expect(result).toMatchObject({ code: 1, error: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT', retryable: true } });
  });

  test('the client shows its certificate', async () => {
    const { cert, key } = certificate('server2', 'receiver.test');
    const client = certificate('client', 'shop.test');
    await using receiver = await server({ cert, key, ca: client.cert, requestCert: true, rejectUnauthorized: true });
    expect(await sent({ url: receiver.url, tls: { ca: cert, ...client } })).toEqual([{ code: 0 }]);
    expect(peers.at(-1)).toBe('shop.test');
    const [refused] = await sent({ url: receiver.url, tls: { ca: cert } });
    expect(refused).toMatchObject({ code: 1, error: { retryable: true } });
  });

  test('a key that does not belong to the certificate is an error at once', () => {
    const { cert } = certificate('one', 'a.test');
    const { key } = certificate('two', 'b.test');
    expect(() => new OtlpHttpSpanExporter({ url: 'https://h/', tls: { cert, key } })).toThrow(/Expected `tls`/);
  });
});
