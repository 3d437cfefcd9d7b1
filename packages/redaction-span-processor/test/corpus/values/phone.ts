import type { Random } from '../random.js';
import type { Values } from './values.js';
import { KNOWN_PHONES } from './well-known.js';

const AREAS =
  '201 202 206 212 213 214 303 305 310 312 404 408 415 416 503 512 514 602 604 617 646 702 713 718 773 786 805 818 907 917 972'.split(
    ' ',
  );

/** Area code, exchange and line of a number that the North American plan allows. */
function nanp(random: Random, form: string): string {
  const exchange = random.fill(random.pick(['555', 'N0#', 'N3#', 'N5#', 'N8#']));
  return form.replace('AAA', random.pick(AREAS)).replace('EEE', exchange).replace('LLLL', random.fill('####'));
}

/** By country: written with the country's code, as people and systems write it. */
const INTERNATIONAL: Readonly<Record<string, readonly string[]>> = {
  gb: ['+44 20 7### ####', '+44 7### ######', '+447#########', '+44 (0)20 7### ####', '+44-161-###-####'],
  de: [
    '+49 30 N#######',
    '+49 171 N######',
    '+4915#########',
    '+49 (0)89 N#######',
    '+49-40-N#######',
    '+49 (30) N#######',
  ],
  fr: ['+33 6 ## ## ## ##', '+33 1 4# ## ## ##', '+336########', '+33 (0)6 ## ## ## ##', '+33.6.##.##.##.##'],
  es: ['+34 6## ### ###', '+34 91 ### ## ##', '+346########'],
  it: ['+39 3## ### ####', '+39 06 #### ####', '+393#########'],
  pt: ['+351 91# ### ###', '+351 21 ### ## ##'],
  nl: ['+31 6 ########', '+31 20 ### ####', '+316########'],
  be: ['+32 4## ## ## ##', '+32 2 ### ## ##'],
  ch: ['+41 79 ### ## ##', '+41 44 ### ## ##'],
  at: ['+43 664 #######', '+43 1 #######'],
  pl: ['+48 5## ### ###', '+48 22 ### ## ##', '+485########'],
  se: ['+46 70 ### ## ##', '+46 8 ### ### ##'],
  dk: ['+45 ## ## ## ##', '+45 20######'],
  no: ['+47 4## ## ###', '+47 22 ## ## ##'],
  ie: ['+353 87 ### ####', '+353 1 ### ####'],
  ru: ['+7 9## ###-##-##', '+7 (9##) ###-##-##', '+79#########'],
  ua: ['+380 50 ### ## ##', '+38067#######'],
  tr: ['+90 532 ### ## ##', '+90 (212) ### ## ##'],
  il: ['+972 5# ### ####', '+972-5#-###-####'],
  ae: ['+971 50 ### ####', '+9714#######'],
  in: ['+91 9#### #####', '+91-9#########', '+919#########'],
  cn: ['+86 138 #### ####', '+86 13#########', '+86 10 #### ####'],
  jp: ['+81 90 #### ####', '+81-3-####-####', '+8180########'],
  kr: ['+82 10 #### ####', '+82-2-###-####'],
  sg: ['+65 9### ####', '+6581######'],
  au: ['+61 4## ### ###', '+61 2 9### ####', '+614########'],
  nz: ['+64 21 ### ####'],
  br: ['+55 11 9####-####', '+55 (21) 9####-####', '+55119########'],
  mx: ['+52 55 #### ####', '+52 1 33 #### ####'],
  ar: ['+54 9 11 ####-####'],
  za: ['+27 82 ### ####', '+2783#######'],
  ng: ['+234 803 ### ####'],
  gr: ['+30 69# ### ####'],
  cz: ['+420 60# ### ###'],
  hu: ['+36 20 ### ####'],
  ro: ['+40 72# ### ###'],
  fi: ['+358 40 ### ####'],
};

/** By country: as dialled within it. Only texts that say it is a telephone number use these. */
const NATIONAL: Readonly<Record<string, readonly string[]>> = {
  gb: ['020 7### ####', '07### ######', '0161 ### ####'],
  de: ['030 N#######', '0171/N######', '089-N#######', '0151 ########', '(0221) N######', '040/N## ## ##'],
  fr: ['06 ## ## ## ##', '01.4#.##.##.##', '07-##-##-##-##', '06########'],
  es: ['6## ### ###', '91 ### ## ##', '6## ## ## ##'],
  it: ['3## ### ####', '06 #### ####', '02-########'],
  pt: ['91# ### ###', '21 ### ## ##'],
  nl: ['06-########', '020-### ## ##'],
  pl: ['5## ### ###', '22 ### ## ##', '6##-###-###'],
  ru: ['8 (9##) ###-##-##', '8-9##-###-##-##', '89#########'],
  in: ['9#### #####', '098#########'],
  cn: ['138 #### ####', '13#########', '010-########'],
  jp: ['03-####-####', '090-####-####', '06-####-####'],
  kr: ['010-####-####', '02-###-####'],
  au: ['04## ### ###', '(02) 9### ####'],
  br: ['(11) 9####-####', '(21) ####-####', '11 9####-####'],
  sa: ['050 ### ####', '05########'],
};

function formsOf(
  table: Readonly<Record<string, readonly string[]>>,
  suffix: string,
): Record<string, (r: Random) => string> {
  return Object.fromEntries(
    Object.entries(table).map(([country, forms]) => [`${country}${suffix}`, (r: Random) => r.fill(r.pick(forms))]),
  );
}

const NANP_FORMS = [
  '(AAA) EEE-LLLL',
  'AAA-EEE-LLLL',
  'AAA.EEE.LLLL',
  'AAA EEE LLLL',
  '+1 AAA EEE LLLL',
  '+1-AAA-EEE-LLLL',
  '+1 (AAA) EEE-LLLL',
  '1-AAA-EEE-LLLL',
  '+1AAAEEELLLL',
  '+1.AAA.EEE.LLLL',
];

/** Telephone numbers. */
export const PHONES: Values = {
  any: (r) => nanp(r, r.pick(NANP_FORMS)),
  paren: (r) =>
    nanp(r, r.pick(['(AAA) EEE-LLLL', '(AAA)EEE-LLLL', '(AAA) EEE LLLL', '(AAA)-EEE-LLLL', '(AAA) EEE.LLLL'])),
  dash: (r) => nanp(r, 'AAA-EEE-LLLL'),
  dot: (r) => nanp(r, 'AAA.EEE.LLLL'),
  blank: (r) => nanp(r, 'AAA EEE LLLL'),
  bare: (r) => nanp(r, r.pick(['AAAEEELLLL', '1AAAEEELLLL'])),
  country: (r) =>
    nanp(
      r,
      r.pick([
        '+1 (AAA) EEE-LLLL',
        '+1 AAA-EEE-LLLL',
        '+1 AAA EEE LLLL',
        '1 (AAA) EEE-LLLL',
        '1-AAA-EEE-LLLL',
        '+1-AAA-EEE-LLLL',
        '+1.AAA.EEE.LLLL',
      ]),
    ),
  /** Area and exchange as in films and examples, which the plan does not allow. */
  fiction: (r) =>
    r
      .pick([
        '(555) EEE-LLLL',
        '555-EEE-LLLL',
        '555.EEE.LLLL',
        '+1 555 EEE LLLL',
        '+1-555-EEE-LLLL',
        '+1 (555) EEE-LLLL',
        '+1555EEELLLL',
        '1-555-EEE-LLLL',
      ])
      .replace('EEE', r.pick(['123', '867', '987', '234', '555', '321']))
      .replace('LLLL', r.pick(['4567', '5309', '6543', '0199', '1212', '0100'])),
  /** Those of documentation. */
  example: (r) => r.pick(KNOWN_PHONES),
  e164: (r) => nanp(r, '+1AAAEEELLLL'),
  tollfree: (r) =>
    nanp(
      r,
      r
        .pick(['1-8AAA-EEE-LLLL', '8AAA-EEE-LLLL', '(8AAA) EEE-LLLL'])
        .replace('8AAA', r.pick(['800', '888', '877', '866'])),
    ),
  slash: (r) => nanp(r, 'AAA/EEE-LLLL'),
  extension: (r) =>
    nanp(
      r,
      r.pick([
        'AAA-EEE-LLLL x',
        'AAA-EEE-LLLL ext. ',
        '(AAA) EEE-LLLL ext ',
        '+1 AAA EEE LLLL, ext. ',
        '(AAA) EEE-LLLL x',
        'AAA-EEE-LLLL extension ',
      ]),
    ) + r.fill(r.pick(['P##', 'P###', 'P#'])),
  intl: (r) => r.fill(r.pick(Object.values(INTERNATIONAL).flat())),
  plain164: (r) =>
    r.fill(
      r.pick([
        '+447#########',
        '+4915#########',
        '+336########',
        '+919#########',
        '+8613#########',
        '+55119########',
        '+614########',
        '+79#########',
        '+346########',
        '+393#########',
      ]),
    ),
  zerozero: (r) =>
    r.fill(
      r.pick([
        '0044 20 7### ####',
        '0049 30 N#######',
        '0033 6 ## ## ## ##',
        '0034 6## ### ###',
        '0048 5## ### ###',
        '0041 79 ### ## ##',
      ]),
    ),
  ...formsOf(INTERNATIONAL, ''),
  ...formsOf(NATIONAL, '.national'),
};
