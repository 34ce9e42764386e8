import { problem } from '../wire/errors.ts';
import type { Problem } from '../wire/errors.ts';

/**
 * Postal codes per country, as AWS's error messages state them: AWS's name of the country and the format it prints.
 * In a format 9 stands for a digit and A for a letter; every other character stands for itself, save in `spelledOut`.
 */
export const postalCodeFormats: Readonly<Record<string, readonly [country: string, format: string]>> = {
  AF: ['Afghanistan', '9999'],
  AL: ['Albania', '9999'],
  AM: ['Armenia', '9999'],
  AT: ['Austria', '9999'],
  AU: ['Australia', '9999'],
  AX: ['Aland Islands', '99999'],
  BA: ['Bosnia and Herzegovina', '99999'],
  BD: ['Bangladesh', '9999'],
  BE: ['Belgium', 'B-9999 or 9999'],
  BG: ['Bulgaria', '9999'],
  BH: ['Bahrain', '999 OR 9999'],
  BL: ['Saint Barthelemy', '97133'],
  BM: ['Bermuda', 'AA 99 OR AA AA'],
  BN: ['Brunei Darussalam', 'KB9999'],
  BR: ['Brazil', '99999 OR 99999-999'],
  BT: ['Bhutan', '99999'],
  CA: ['Canada', 'A9A 9A9 or A9A9A9'],
  CC: ['Cocos (Keeling) Islands', '9999'],
  CH: ['Switzerland', '9999'],
  CN: ['China', '999999'],
  CO: ['Colombia', '999999'],
  CR: ['Costa Rica', '9999 or 99999'],
  CU: ['Cuba', '99999'],
  CV: ['Cape Verde', '9999'],
  CX: ['Christmas Island', '9999'],
  CY: ['Cyprus', '9999'],
  CZ: ['Czech Republic', '999 99 or 99999'],
  DE: ['Germany', '99999'],
  DK: ['Denmark', '9999'],
  DO: ['Dominican Republic', '99999'],
  DZ: ['Algeria', '99999'],
  EC: ['Ecuador', '999999'],
  EE: ['Estonia', '99999'],
  EG: ['Egypt', '99999'],
  ES: ['Spain', '99999'],
  ET: ['Ethiopia', '9999'],
  FI: ['Finland', '99999'],
  FO: ['Faroe Islands', '999'],
  FR: ['France', '99999'],
  GB: ['United Kingdom', 'A(A)N(A/N)NAA OR A(A)N(A/N) NAA'],
  GE: ['Georgia', '9999'],
  GF: ['French Guiana', '973NN'],
  GL: ['Greenland', '9999'],
  GP: ['Guadeloupe', '971NN'],
  GR: ['Greece', '99999 OR 999 99'],
  GT: ['Guatemala', '99999'],
  GU: ['Guam', '99999'],
  GW: ['Guinea-Bissau', '9999'],
  HN: ['Honduras', '99999'],
  HR: ['Croatia', '99999'],
  HT: ['Haiti', '9999'],
  HU: ['Hungary', '9999'],
  ID: ['Indonesia', '99999'],
  IE: ['Ireland', 'A99 9A9A or A999A9A'],
  IL: ['Israel', '99999 OR 9999999'],
  IN: ['India', '999999 OR 999 999'],
  IQ: ['Iraq', '99999'],
  IS: ['Iceland', '999'],
  IT: ['Italy', '99999'],
  JM: ['Jamaica', '99'],
  JO: ['Jordan', '99999'],
  JP: ['Japan', '9999999 OR 999-9999'],
  KE: ['Kenya', '99999'],
  KG: ['Kyrgyzstan', '999999'],
  KH: ['Cambodia', '99999'],
  KR: ['Korea', '99999'],
  KW: ['Kuwait', '99999'],
  KZ: ['Kazakhstan', '999999'],
  LA: ["Lao People's Democratic Republic", '99999'],
  LI: ['Liechtenstein', '9999'],
  LK: ['Sri Lanka', '99999'],
  LR: ['Liberia', '9999'],
  LS: ['Lesotho', '999'],
  LT: ['Lithuania', '99999 or LT-99999'],
  LU: ['Luxembourg', '9999'],
  MA: ['Morocco', '99999'],
  MC: ['Monaco', '980NN'],
  ME: ['Montenegro', '99999'],
  MF: ['Saint Martin (French Part )', '97150'],
  MG: ['Madagascar', '999'],
  MH: ['Marshall Islands', '99999'],
  MK: ['Macedonia, The former Yugoslav Republic Of', '9999'],
  MM: ['Myanmar', '99999'],
  MN: ['Mongolia', '99999'],
  MP: ['Northern Mariana Islands', '99999'],
  MQ: ['Martinique', '972NN'],
  MT: ['Malta', 'AAA 9999 or AAA9999'],
  MV: ['Maldives', '9999 OR 99999'],
  MX: ['Mexico', '99999'],
  MY: ['Malaysia', '99999'],
  MZ: ['Mozambique', '9999'],
  NA: ['Namibia', '99999'],
  NC: ['New Caledonia', '988NN'],
  NE: ['Niger', '9999'],
  NF: ['Norfolk Island', '9999'],
  NG: ['Nigeria', '999999'],
  NI: ['Nicaragua', '99999'],
  NL: ['Netherlands', '9999 AC or 9999AC'],
  NO: ['Norway', '9999'],
  NP: ['Nepal', '99999'],
  NZ: ['New Zealand', '9999'],
  OM: ['Oman', '999'],
  PA: ['Panama', '999999'],
  PE: ['Peru', '99999'],
  PF: ['French Polynesia', '987NN'],
  PG: ['Papua New Guinea', '999'],
  PH: ['Philippines', '9999'],
  PK: ['Pakistan', '99999'],
  PL: ['Poland', '99-999'],
  PM: ['Saint Pierre and Miquelon', '97500'],
  PR: ['Puerto Rico', '99999'],
  PT: ['Portugal', '9999 OR 9999-999'],
  PW: ['Palau', '99999'],
  PY: ['Paraguay', '9999'],
  RE: ['Reunion', '974NN'],
  RO: ['Romania', '999999'],
  RS: ['Serbia', '99999'],
  SA: ['Saudi Arabia', '99999-9999'],
  SD: ['Sudan', '99999'],
  SE: ['Sweden', 'S-99999 OR SE-99999 OR 99999 OR 999 99'],
  SG: ['Singapore', '999999'],
  SJ: ['Svalbard and Jan Mayen', '9999'],
  SK: ['Slovakia', '999 99 or 99999'],
  SM: ['San Marino', '4789N'],
  SN: ['Senegal', '99999'],
  SS: ['South Sudan', '99999'],
  SV: ['El Salvador', '1101'],
  SZ: ['Swaziland', 'M999'],
  TD: ['Chad', '99999'],
  TH: ['Thailand', '99999'],
  TJ: ['Tajikistan', '999999'],
  TM: ['Turkmenistan', '999999'],
  TN: ['Tunisia', '9999'],
  TR: ['Turkey', '99999'],
  TT: ['Trinidad and Tobago', '999999'],
  TW: ['Taiwan', '99999'],
  UA: ['Ukraine', '99999'],
  US: ['United States', '99999 OR 99999-9999'],
  UY: ['Uruguay', '99999'],
  VA: ['Holy See (Vatican City State)', '120'],
  VC: ['Saint Vincent and the Grenadines', 'VC9999'],
  VI: ['VIRGIN ISLANDS, U.S.', '99999'],
  VN: ['Viet Nam', '999999'],
  WF: ['Wallis and Futuna', '986NN'],
  YT: ['Mayotte', '976NN'],
  ZA: ['South Africa', '9999'],
  ZM: ['Zambia', '99999'],
};

/** Countries that AWS lists as having no postal codes: for them the field must stay empty. */
export const countriesWithoutPostalCode: ReadonlySet<string> = new Set(
  `
    AE AG AN AO AW BF BI BJ BO BQ BS BW BZ CF CG CI CK CM CW DJ DM ER FJ GD GH GM GQ GY HK HM KI KM KN LY ML MO MR
    MW NR NU QA RW SB SC SH SL SR ST SY TF TG TK TL TO TV UG VU YE ZW
  `
    .trim()
    .split(/\s+/),
);

/**
 * Formats not made of those signs: whole codes, prefixes of overseas regions in which a 9 is a nine, and the five that AWS
 * writes as an example of a code (read here as the shape of the example: `9999 AC` as four digits and two letters).
 */
const spelledOut: Readonly<Record<string, RegExp>> = {
  BL: /^97133$/,
  BN: /^[A-Z]{2}\d{4}$/,
  GB: /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/,
  GF: /^973\d{2}$/,
  GP: /^971\d{2}$/,
  MC: /^980\d{2}$/,
  MF: /^97150$/,
  MQ: /^972\d{2}$/,
  NC: /^988\d{2}$/,
  NL: /^\d{4} ?[A-Z]{2}$/,
  PF: /^987\d{2}$/,
  PM: /^97500$/,
  RE: /^974\d{2}$/,
  SM: /^4789\d$/,
  SV: /^\d{4}$/,
  SZ: /^[A-Z]\d{3}$/,
  VA: /^120$/,
  WF: /^986\d{2}$/,
  YT: /^976\d{2}$/,
};

const asPattern = (format: string): string =>
  [...format].map((sign) => (sign === '9' ? '\\d' : sign === 'A' ? '[A-Z]' : sign)).join('');

/** The pattern of a country's postal codes; undefined when AWS checks none there. */
export const postalCodePattern = (country: string): RegExp | undefined => {
  const row = postalCodeFormats[country];
  if (!row) return undefined;
  return spelledOut[country] ?? new RegExp(`^(?:${row[1].split(/ or /i).map(asPattern).join('|')})$`);
};

const field = 'Customer.Account.Address.PostalCode';

/** What is wrong with a postal code when an opportunity is submitted. `needed` is false for national security deals in the US. */
export const postalCodeProblems = (country: string, postalCode: string | undefined, needed: boolean): Problem[] => {
  if (countriesWithoutPostalCode.has(country))
    return postalCode
      ? [problem(field, 'INVALID_VALUE', `The postal code is invalid for country ${country}, it has no postal codes.`)]
      : [];
  const row = postalCodeFormats[country];
  if (!row) return [];
  const [name, format] = row;
  if (!postalCode)
    return needed ? [problem(field, 'REQUIRED_FIELD_MISSING', `Field ${field} is required for country ${name}`)] : [];
  return postalCodePattern(country)?.test(postalCode)
    ? []
    : [
        problem(
          field,
          'INVALID_STRING_FORMAT',
          `The postal code is invalid for country ${name}, ${name} postal code must be in ${format} format.`,
        ),
      ];
};
