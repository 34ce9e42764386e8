import formFactor from '@salesforce/client/formFactor';

/** The page is shown on a phone, where a table of five columns has no room. */
export const isPhone = formFactor === 'Small';
