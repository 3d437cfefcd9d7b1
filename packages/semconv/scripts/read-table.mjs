// Reads the table and gives every row its constant. A mistake in the table stops the generator here.
import { readFileSync } from 'node:fs';

const read = (file) => JSON.parse(readFileSync(new URL(`../table/${file}`, import.meta.url), 'utf8'));
const shout = (text) => text.replaceAll(/[^a-z0-9]+/gi, '_').toUpperCase();

/** Everything that is generated, as plain rows. */
export function readTable() {
  const genspan = read('genspan.json');
  const attributes = [
    ...rowsOf('attributes.json'),
    ...rowsOf('related-attributes.json'),
    ...rowsOf('deprecated-attributes.json'),
    ...rowsOf('genspan.json'),
  ].map((row) => ({ ...row, constant: `ATTR_${shout(row.name)}` }));

  const values = [
    ...attributes.flatMap((row) => (row.values ?? []).map((value) => valueRow(row, value, ''))),
    ...Object.entries(genspan.valuesFor).flatMap(([name, list]) =>
      list.map((value) =>
        valueRow(
          attributes.find((row) => row.name === name),
          value,
          'GENSPAN_',
        ),
      ),
    ),
  ];
  const metricsFile = read('metrics.json');
  const metrics = rowsOf('metrics.json', 'metrics').map((row) => ({ ...row, constant: `METRIC_${shout(row.name)}` }));
  const events = rowsOf('events.json', 'events').map((row) => ({ ...row, constant: `EVENT_${shout(row.name)}` }));
  const buckets = Object.entries(metricsFile.buckets).map(([constant, row]) => ({ constant, ...row }));
  const table = { attributes, values, metrics, events, buckets };
  check(table);
  return table;
}

function rowsOf(file, key = 'attributes') {
  const content = read(file);
  return content[key].map((row) => ({ stability: content.stability, ...row }));
}

function valueRow(attribute, value, prefix) {
  const id = value.id ?? shout(value.value);
  const stem = attribute.constant.slice((prefix === '' ? 'ATTR_' : 'ATTR_GEN_AI_').length);
  return {
    constant: `${prefix}${stem}_VALUE_${id}`,
    attribute: attribute.name,
    value: value.value,
    brief: value.brief ?? `The value \`${value.value}\` of \`${attribute.name}\`.`,
    own: prefix !== '' || attribute.name.startsWith('genspan.'),
    attributeDeprecated: attribute.deprecated,
    replacement: value.deprecated,
  };
}

function check({ attributes, values, metrics, events, buckets }) {
  const all = [...attributes, ...values, ...metrics, ...events, ...buckets].map((row) => row.constant);
  const seen = new Set();
  for (const constant of all) {
    if (seen.has(constant)) throw new Error(`Expected every constant once, got \`${constant}\` twice`);
    seen.add(constant);
  }
  const known = new Set([...attributes, ...metrics, ...events].map((row) => row.name));
  const currentAttributes = new Set(attributes.filter((row) => !row.deprecated).map((row) => row.name));
  for (const row of [...attributes, ...metrics, ...events]) {
    const { deprecated } = row;
    if (deprecated && !deprecated.replacement && !deprecated.reason) {
      throw new Error(`Expected a replacement or a reason for the deprecated name \`${row.name}\`, got neither`);
    }
    if (deprecated?.replacement && !known.has(deprecated.replacement)) {
      throw new Error(`Expected a known replacement of \`${row.name}\`, got \`${deprecated.replacement}\``);
    }
  }
  for (const row of [...metrics, ...events]) {
    for (const name of Object.keys(row.attributes ?? {})) {
      if (currentAttributes.has(name) || row.deprecated) continue;
      throw new Error(`Expected attributes of \`${row.name}\` to be in the table and current, got \`${name}\``);
    }
  }
  const bucketNames = new Set(buckets.map((row) => row.constant));
  for (const row of metrics) {
    if (row.buckets === undefined || bucketNames.has(row.buckets)) continue;
    throw new Error(`Expected the buckets of \`${row.name}\` to be in the table, got \`${row.buckets}\``);
  }
}
