import { plainOf } from './folding.ts';
import type { ApprovedMaterial, CompetitorGuideline, DealContext, Feature } from './material.ts';
import { quantitiesOf, type Quantity } from './quantity.ts';
import { stemOf, stemsOf, wordsOf } from './words.ts';
import { synonymOf } from './lexicon/synonyms.ts';

/** A sentence that has been approved, ready to be compared with. */
export interface Statement {
  /** Where it is written, for the reader of a finding. */
  readonly source: string;
  readonly text: string;
  readonly stems: ReadonlySet<string>;
}

/** A number that may be said, and where it comes from. */
export interface SourcedQuantity extends Quantity {
  readonly source: string;
  /** Stems of the label and of the words around it: what the number is about. */
  readonly about: ReadonlySet<string>;
}

export interface KnownFeature extends Feature {
  readonly product: string;
  /** Names folded to plain lower case. */
  readonly names: readonly string[];
}

/** Everything a text is judged against, prepared once for all texts about the same deal. */
export interface Known {
  readonly material: ApprovedMaterial;
  readonly deal: DealContext;
  readonly statements: readonly Statement[];
  readonly features: readonly KnownFeature[];
  readonly competitors: readonly (CompetitorGuideline & {
    readonly names: readonly string[];
    readonly approved: readonly Statement[];
  })[];
  readonly quantities: readonly SourcedQuantity[];
  /** Stems of names and facts of the deal: words that may be said because they are known. */
  readonly dealStems: ReadonlySet<string>;
  /** Stems of everything approved. */
  readonly approvedStems: ReadonlySet<string>;
  /** Folded names of the company and its products, longest first. */
  readonly ourNames: readonly string[];
  /** Those of them that are also common words of the material ("Evidence"): names only with a capital inside a sentence. */
  readonly commonNames: ReadonlySet<string>;
  /** Lower-case words that are part of a known name or fact. */
  readonly knownWords: ReadonlySet<string>;
  readonly clearedContacts: readonly string[];
  /** Names of one deal say nothing about the next: what each word of a name stands for. */
  readonly standIns: ReadonlyMap<string, string>;
  /** Words of the names of the company and its products. */
  readonly ourWords: ReadonlySet<string>;
  /** Meanings of the words of available features. */
  readonly featureMeanings: ReadonlySet<string>;
}

const standInsOf = (
  material: ApprovedMaterial,
  deal: DealContext,
  ourNames: readonly string[],
): ReadonlyMap<string, string> => {
  const words = (names: readonly string[], as: string): readonly (readonly [string, string])[] =>
    names
      .flatMap((name) => name.toLowerCase().split(/[^a-z0-9]+/))
      .filter((word) => word.length > 2)
      .map((word) => [word, as] as const);
  return new Map([
    ...words([deal.customer.name, ...deal.customer.alsoKnownAs], '*customer'),
    ...words([deal.partner.name, ...deal.partner.alsoKnownAs], '*partner'),
    ...words(
      deal.people.map(({ name }) => name),
      '*person',
    ),
    ...words(
      material.competitors.flatMap(({ name, alsoKnownAs }) => [name, ...alsoKnownAs]),
      '*rival',
    ),
    ...words(ourNames, '*ours'),
  ]);
};

export { plainOf } from './folding.ts';

const canonical = (stem: string): string => synonymOf(stem);

/** Stems with synonyms brought to one form. */
export const meaningsOf = (text: string): readonly string[] => stemsOf(plainOf(text)).map(canonical);

const statement = (source: string, text: string): Statement => ({
  source,
  text: plainOf(text),
  stems: new Set(meaningsOf(text)),
});

/** "NumberOfEmployees" is about employees. */
const splitLabel = (source: string): string =>
  source
    .replace(/__c\b/g, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[._:]/g, ' ');

interface Label {
  readonly meanings: readonly string[];
  readonly quantities: readonly Quantity[];
}

/** The same fields name their values in every deal. */
const labels = new Map<string, Label>();
const mostLabels = 2_000;

const labelOf = (source: string): Label => {
  const known = labels.get(source);
  if (known !== undefined) return known;
  const label = { meanings: meaningsOf(splitLabel(source)), quantities: quantitiesOf(plainOf(source)) };
  if (labels.size < mostLabels) labels.set(source, label);
  return label;
};

const sourced = (source: string, text: string): readonly SourcedQuantity[] => {
  const label = labelOf(source);
  const found = [...quantitiesOf(plainOf(text)), ...label.quantities];
  if (found.length === 0) return [];
  const about = new Set([...label.meanings, ...meaningsOf(text)]);
  return found.map((quantity) => ({ ...quantity, source, about }));
};

/** What is made when it is first asked for, and once. */
const once = <Value>(make: () => Value): (() => Value) => {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
};

/**
 * Prepares approved material and a deal; pure, so the same material gives the same judgement. Most texts say nothing that
 * has to be traced, so what only some rules ask for is made when one does.
 */
export const prepare = (material: ApprovedMaterial, deal: DealContext): Known => {
  const statements = once(() => statementsOf(material));
  const features = material.products.flatMap((product) =>
    product.features.map((feature) => ({
      ...feature,
      product: product.name,
      names: [feature.name, ...feature.alsoKnownAs].map((name) => plainOf(name).toLowerCase()),
    })),
  );
  const competitors = once(() =>
    material.competitors.map((guideline) => ({
      ...guideline,
      names: [guideline.name, ...guideline.alsoKnownAs].map((name) => plainOf(name).toLowerCase()),
      approved: guideline.statements.map((text) =>
        statement(`competitor guideline ${guideline.key}, version ${guideline.version}`, text),
      ),
    })),
  );
  const ourNames = [
    material.company,
    ...material.alsoKnownAs,
    ...material.products.flatMap(({ name, alsoKnownAs }) => [name, ...alsoKnownAs]),
  ];
  const parties = [deal.partner, deal.customer].flatMap(({ name, alsoKnownAs }) => [name, ...alsoKnownAs]);
  const said = [...parties, ...deal.people.map(({ name }) => name), ...deal.facts.map(({ value }) => value)];
  const sources = [...new Set(deal.facts.map(({ source }) => source))];
  const available = features.filter(({ status }) => status === 'available').flatMap(({ names }) => names);
  const folded = [...new Set(ourNames.map((name) => plainOf(name).toLowerCase()))].sort(
    (left, right) => right.length - left.length,
  );
  const quantities = once(() => [
    ...deal.facts.flatMap(({ source, value }) => sourced(source, value)),
    ...statements().flatMap(({ source, text }) => sourced(source, text)),
    ...competitors().flatMap(({ approved }) => approved.flatMap(({ source, text }) => sourced(source, text))),
  ]);
  const dealStems = once(
    () => new Set([...said.flatMap(meaningsOf), ...sources.flatMap((source) => labelOf(source).meanings)]),
  );
  const approvedStems = once(
    () => new Set([...statements().flatMap(({ stems }) => [...stems]), ...available.flatMap(meaningsOf)]),
  );
  const standIns = once(() => standInsOf(material, deal, folded));
  const commonNames = once(() => commonNamesOf(ourNames, [...statements(), ...features]));
  const knownWords = once(
    () =>
      new Set(
        [
          ...said,
          ...sources.map(splitLabel),
          ...ourNames,
          ...features.flatMap(({ name, alsoKnownAs }) => [name, ...alsoKnownAs]),
          ...statements().map(({ text }) => text),
        ].flatMap((text) => wordsOf(plainOf(text)).map(({ lower }) => lower)),
      ),
  );
  return {
    material,
    deal,
    features,
    get statements() {
      return statements();
    },
    get competitors() {
      return competitors();
    },
    get quantities() {
      return quantities();
    },
    get dealStems() {
      return dealStems();
    },
    get approvedStems() {
      return approvedStems();
    },
    get standIns() {
      return standIns();
    },
    get commonNames() {
      return commonNames();
    },
    get knownWords() {
      return knownWords();
    },
    ourNames: folded,
    ourWords: new Set(folded.flatMap((name) => name.split(/\s+/))),
    featureMeanings: new Set(available.flatMap((name) => name.split(/[\s-]+/).map(meaningOf))),
    clearedContacts: deal.people.flatMap(({ contact }) => contact).map((one) => plainOf(one).toLowerCase()),
  };
};

const statementsOf = (material: ApprovedMaterial): readonly Statement[] => [
  ...material.valuePropositions.map(({ key, version, text }) =>
    statement(`value proposition ${key}, version ${version}`, text),
  ),
  ...material.positioning.map(({ key, version, text }) => statement(`positioning ${key}, version ${version}`, text)),
  ...material.products.flatMap(({ claims }) => claims.map(({ text, documentation }) => statement(documentation, text))),
];

const commonNamesOf = (
  ourNames: readonly string[],
  approved: readonly (Statement | KnownFeature)[],
): ReadonlySet<string> => {
  const text = approved.map((one) => ('text' in one ? one.text : one.names.join(' '))).join(' ');
  return new Set(
    ourNames
      .map((name) => plainOf(name).toLowerCase())
      .filter((name) => new RegExp(`(?<![A-Za-z])${name.replace(/[^a-z0-9]+/g, ' ')}(?![A-Za-z])`).test(text)),
  );
};

/** The canonical meaning of a word of a text. */
export const meaningOf = (lower: string): string => canonical(stemOf(lower));
