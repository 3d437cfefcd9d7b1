// Secrets to plant: of each kind as many as are wanted, each made here and different from all others.
const { createHash } = require('node:crypto');

/**
 * @typedef {object} PlantedSecret
 * @property {string} place where it is planted
 * @property {string} shape its kind
 * @property {string} value the text around it, as an application would write it
 * @property {string[]} pieces what must not leave, of at least 12 characters each
 */

/** Letters and digits that look random, the same for the same seed. */
const noise = (seed, length) => createHash('sha512').update(seed).digest('base64').replace(/\W/g, '').slice(0, length);
const digits = (seed, length) =>
  [...createHash('sha512').update(seed).digest()]
    .map((byte) => byte % 10)
    .join('')
    .slice(0, length);
const inBase64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Each kind: from a seed the text in which it stands, and what of it is secret. */
const KINDS = {
  email(seed) {
    const address = [`jane.${noise(seed, 8).toLowerCase()}`, 'example-corp.org'].join('@');
    return { text: `Please write to ${address}, thanks.`, pieces: [address] };
  },
  openai_key(seed) {
    const key = ['sk', 'proj', `${noise(`${seed}a`, 24)}T3BlbkFJ${noise(`${seed}b`, 24)}`].join('-');
    return { text: `The key is ${key} for now`, pieces: [key, key.slice(-24)] };
  },
  github_token(seed) {
    const token = ['ghp', noise(seed, 36)].join('_');
    return { text: `cloned with ${token}.`, pieces: [token, token.slice(8)] };
  },
  password(seed) {
    const password = `Tr0ub4dor.${noise(seed, 10)}`;
    return { text: `log in with password=${password} please`, pieces: [password] };
  },
  jwt(seed) {
    const payload = inBase64({ sub: noise(seed, 20), admin: true });
    const signature = noise(`${seed}s`, 43);
    const token = [inBase64({ alg: 'HS256', typ: 'JWT' }), payload, signature].join('.');
    return { text: `Authorization: Bearer ${token}`, pieces: [payload, signature] };
  },
  phone(seed) {
    const number = `+1 415 ${2 + (digits(seed, 1) % 7)}${digits(`${seed}b`, 2)}-${digits(`${seed}c`, 4)}`;
    return { text: `Call me at ${number} after five.`, pieces: [number] };
  },
  payment_card(seed) {
    const card = withCheckDigit(`453201${digits(seed, 9)}`).replace(/(\d{4})(?=\d)/g, '$1 ');
    return { text: `My card is ${card}, valid thru 12/31.`, pieces: [card] };
  },
  private_key(seed) {
    const lines = [0, 1, 2, 3].map((line) => noise(`${seed}${line}`, 64));
    const words = ['RSA', 'PRIVATE', 'KEY'].join(' ');
    const text = [`-----BEGIN ${words}-----`, ...lines, `-----END ${words}-----`].join('\n');
    return { text: `use this:\n${text}\nfor the deployment`, pieces: lines };
  },
  anthropic_key(seed) {
    const key = ['sk', 'ant', 'api03', `${noise(`${seed}a`, 60)}${noise(`${seed}b`, 33)}AA`].join('-');
    return { text: `ANTHROPIC_API_KEY=${key}`, pieces: [key, key.slice(-40)] };
  },
  aws_key(seed) {
    const id = `AKIA${noise(seed, 40).toUpperCase().slice(0, 16)}`;
    const secret = noise(`${seed}s`, 40);
    return { text: `aws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`, pieces: [id, secret] };
  },
  google_key(seed) {
    const key = `AIza${noise(seed, 35)}`;
    return { text: `maps at https://maps.example.com/js?v=3&key=${key}&callback=go`, pieces: [key, key.slice(4)] };
  },
  azure_key(seed) {
    const key = `${noise(`${seed}a`, 43)}${noise(`${seed}b`, 43)}==`;
    return { text: `DefaultEndpointsProtocol=https;AccountName=app;AccountKey=${key};`, pieces: [key.slice(0, 60)] };
  },
  gitlab_token(seed) {
    const token = ['glpat', noise(seed, 20)].join('-');
    return { text: `PRIVATE-TOKEN: ${token}`, pieces: [token] };
  },
  slack_token(seed) {
    const token = ['xoxb', digits(`${seed}a`, 12), digits(`${seed}b`, 12), noise(seed, 24)].join('-');
    return { text: `the bot (${token}) posts it`, pieces: [token, token.slice(-24)] };
  },
  stripe_key(seed) {
    const key = ['sk', 'live', noise(seed, 24)].join('_');
    return { text: `stripe("${key}")`, pieces: [key, key.slice(-24)] };
  },
  npm_token(seed) {
    const token = ['npm', noise(seed, 36)].join('_');
    return { text: `//registry.example.com/:_authToken=${token}`, pieces: [token, token.slice(4)] };
  },
  huggingface_token(seed) {
    const token = ['hf', noise(seed, 60).replace(/\d/g, '').slice(0, 34).padEnd(34, 'x')].join('_');
    return { text: `login(token='${token}')`, pieces: [token] };
  },
  sendgrid_key(seed) {
    const key = ['SG', noise(`${seed}a`, 22), noise(`${seed}b`, 43)].join('.');
    return { text: `SENDGRID: ${key}`, pieces: [key, key.slice(-43)] };
  },
  iban(seed) {
    const account = digits(seed, 18);
    const check = String(98n - (BigInt(`${account}131400`) % 97n)).padStart(2, '0');
    const iban = `DE${check}${account}`.replace(/(.{4})(?=.)/g, '$1 ');
    return { text: `Bitte auf ${iban} überweisen.`, pieces: [iban] };
  },
  authorization(seed) {
    const credentials = Buffer.from(`app:${noise(seed, 24)}`).toString('base64');
    return { text: `curl -H "Authorization: Basic ${credentials}" https://example.com`, pieces: [credentials] };
  },
  secret_field(seed) {
    const [one, other] = [noise(`${seed}a`, 16), noise(`${seed}b`, 16)];
    return { text: JSON.stringify({ user: 'app', client_secret: one, db: { password: other } }), pieces: [one, other] };
  },
  connection_string(seed) {
    const password = noise(seed, 20);
    return { text: `DATABASE_URL is postgres://app:${password}@db.internal:5432/orders`, pieces: [password] };
  },
};

/**
 * One secret of each kind for each place.
 *
 * @param {readonly string[]} places
 * @param {readonly string[]} [kinds] all unless given
 * @returns {PlantedSecret[]}
 */
function plantSecrets(places, kinds = Object.keys(KINDS)) {
  return places.flatMap((place) =>
    kinds.map((shape) => {
      const { text, pieces } = KINDS[shape](`${shape} ${place}`);
      return { place, shape, value: text, pieces };
    }),
  );
}

/** Appends the digit that makes the number pass the Luhn check. */
function withCheckDigit(number) {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${number}${(10 - (sum % 10)) % 10}`;
}

module.exports = { plantSecrets };
