/** One file of a multipart body; the bytes themselves are not kept. */
export interface MultipartFile {
  readonly field: string;
  readonly filename: string;
  readonly contentType: string;
  /** Size in bytes. */
  readonly size: number;
}

/** A multipart body taken apart. A field that occurs more than once (`image[]`) becomes a list. */
export interface MultipartBody {
  readonly fields: Readonly<Record<string, string | string[]>>;
  readonly files: readonly MultipartFile[];
}

const HEADER_END = '\r\n\r\n';

/** Takes a `multipart/form-data` body apart. Enough for well-formed bodies of a real client; no general parser. */
export function parseMultipart(bytes: Buffer, contentType: string): MultipartBody {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1] ?? '';
  const fields: Record<string, string | string[]> = {};
  const files: MultipartFile[] = [];
  // latin1 keeps one character per byte, so offsets and sizes stay those of the bytes.
  for (const part of bytes.toString('latin1').split(`--${boundary}`)) {
    const headerEnd = part.indexOf(HEADER_END);
    if (headerEnd < 0) continue;
    const header = part.slice(0, headerEnd);
    const content = part.slice(headerEnd + HEADER_END.length, -'\r\n'.length);
    const field = /name="([^"]*)"/.exec(header)?.[1] ?? '';
    const filename = /filename="([^"]*)"/.exec(header)?.[1];
    if (filename === undefined) {
      addField(fields, field, Buffer.from(content, 'latin1').toString('utf8'));
    } else {
      const type = /content-type:\s*([^\r\n]+)/i.exec(header)?.[1] ?? 'application/octet-stream';
      files.push({ field, filename, contentType: type, size: content.length });
    }
  }
  return { fields, files };
}

function addField(fields: Record<string, string | string[]>, name: string, value: string): void {
  const before = fields[name];
  fields[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
}
