/** What scikit-learn 1.2.1 reached on a file: mean over folds, standard deviation of the AUC over them. */
export interface Reference {
  readonly fields: string;
  readonly model: 'LR' | 'HGB';
  readonly auc: number;
  readonly error: number;
  readonly brier: number;
  readonly ece: number;
  readonly lift: number;
}

/** From the README of the public files: for each set the better of its two models by AUC, on the same fields and folds. */
export const REFERENCES: Readonly<Record<string, Reference>> = {
  ibm: { fields: '10 known while open', model: 'HGB', auc: 0.823, error: 0.003, brier: 0.1277, ece: 0.019, lift: 3.27 },
  leads: { fields: '12 safe', model: 'HGB', auc: 0.843, error: 0.016, brier: 0.1489, ece: 0.034, lift: 2.34 },
  bank: { fields: '15, no duration', model: 'HGB', auc: 0.796, error: 0.003, brier: 0.0823, ece: 0.009, lift: 4.29 },
  salvirt: { fields: 'all 22', model: 'HGB', auc: 0.813, error: 0.055, brier: 0.1773, ece: 0.144, lift: 1.75 },
  mlc: { fields: 'signals and account', model: 'HGB', auc: 0.917, error: 0.026, brier: 0.0401, ece: 0.024, lift: 6.69 },
  telco: { fields: 'all 19', model: 'LR', auc: 0.848, error: 0.015, brier: 0.1329, ece: 0.032, lift: 2.97 },
  maven: { fields: 'safe', model: 'HGB', auc: 0.477, error: 0.009, brier: 0.2566, ece: 0.137, lift: 0.98 },
  'mlc-usage': { fields: 'usage only', model: 'HGB', auc: 0.75, error: 0.027, brier: 0.087, ece: 0.038, lift: 4.25 },
  'mlc-interaction': {
    fields: 'interaction only',
    model: 'LR',
    auc: 0.62,
    error: 0.022,
    brier: 0.1112,
    ece: 0.033,
    lift: 2.94,
  },
  'mlc-both': {
    fields: 'usage and interaction',
    model: 'HGB',
    auc: 0.857,
    error: 0.017,
    brier: 0.0635,
    ece: 0.026,
    lift: 5.79,
  },
};

/** AUC of scikit-learn's better model, learned from the first 70 % of the rows and judged on the rest. */
export const TIME_REFERENCES: Readonly<Record<string, { readonly auc: number; readonly model: 'LR' | 'HGB' }>> = {
  leads: { auc: 0.846, model: 'HGB' },
  bank: { auc: 0.665, model: 'LR' },
};
