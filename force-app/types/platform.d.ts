/** The platform modules our components import, typed as far as we use them; the platform supplies them at run time. */
declare module '@salesforce/schema/*' {
  const id: { objectApiName: string; fieldApiName: string };
  export default id;
}
declare module '@salesforce/label/*' {
  const text: string;
  export default text;
}
declare module '@salesforce/i18n/*' {
  const value: string;
  export default value;
}
declare module '@salesforce/customPermission/*' {
  /** True for whoever has it, undefined for everybody else. */
  const given: true | undefined;
  export default given;
}
declare module '@salesforce/client/formFactor' {
  const formFactor: 'Small' | 'Medium' | 'Large';
  export default formFactor;
}
declare module '@salesforce/resourceUrl/*' {
  const address: string;
  export default address;
}
declare module '@salesforce/user/Id' {
  const id: string;
  export default id;
}

declare module 'lightning/uiRecordApi' {
  export interface FieldValue {
    value: unknown;
    displayValue?: string | null;
  }
  export interface RecordData {
    id: string;
    apiName: string;
    fields: Record<string, FieldValue>;
  }
  export const getRecord: Wire.Adapter;
  export function createRecord(input: { apiName: string; fields: Record<string, unknown> }): Promise<RecordData>;
  export function getFieldValue(record: RecordData | undefined, field: object | string): unknown;
  /** Reads these records again wherever they are shown. */
  export function notifyRecordUpdateAvailable(records: { recordId: string }[]): Promise<void>;
}

declare module 'lightning/uiObjectInfoApi' {
  export interface ObjectInfo {
    apiName: string;
    createable: boolean;
    queryable: boolean;
  }
  export const getObjectInfo: Wire.Adapter;
}

declare module 'lightning/platformResourceLoader' {
  /** Runs a script of the org once for all components; what it makes global is there when the promise is kept. */
  export function loadScript(component: import('lwc').LightningElement, address: string): Promise<void>;
}

declare module 'lightning/graphql' {
  export const graphql: Wire.Adapter;
  export function gql(strings: TemplateStringsArray, ...values: unknown[]): unknown;
}

declare module 'lightning/navigation' {
  type LightningElement = import('lwc').LightningElement;
  /** Adds `this[NavigationMixin.Navigate](…)` and `this[NavigationMixin.GenerateUrl](…)` to a component. */
  export const NavigationMixin: {
    (
      base: new () => LightningElement,
    ): Omit<typeof import('lwc').LightningElement, 'prototype'> & (new () => LightningElement & NavigationMethods);
    readonly Navigate: unique symbol;
    readonly GenerateUrl: unique symbol;
  };
  interface NavigationMethods {
    [NavigationMixin.Navigate](pageReference: object): void;
    [NavigationMixin.GenerateUrl](pageReference: object): Promise<string>;
  }
}
