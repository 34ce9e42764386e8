import { createRecord } from 'lightning/uiRecordApi';
import REQUEST from '@salesforce/schema/Request__c';
import CLICKED_AT from '@salesforce/schema/Request__c.ClickedAt__c';
import INPUT from '@salesforce/schema/Request__c.Input__c';
import KIND from '@salesforce/schema/Request__c.Kind__c';
import OPPORTUNITY from '@salesforce/schema/Request__c.Opportunity__c';
import PARTNER from '@salesforce/schema/Request__c.Partner__c';
import SUBJECT from '@salesforce/schema/Request__c.Subject__c';
import SURFACE from '@salesforce/schema/Request__c.Surface__c';
import { labels } from 'c/governanceLabels';

/** Wishes that these pages write. Who may have which is checked by the service. */
export type GovernanceKind =
  | 'simulate-policy'
  | 'change-policy'
  | 'change-mode'
  | 'check-readiness'
  | 'stop'
  | 'resume'
  | 'test-stop'
  | 'change-control'
  | 'open-phase'
  | 'allow-exception'
  | 'adopt-boundary'
  | 'decline-boundary'
  | 'answer-approval'
  | 'undo-approval'
  | 'replay-decision'
  | 'open-dispute'
  | 'answer-dispute'
  | 'close-dispute'
  | 'answer-intervention'
  | 'assign-interventions'
  | 'activate-model'
  | 'rescore';

/** The records a wish is about, by id, beside its subject. */
export interface RequestedRecords {
  opportunityId?: string;
  partnerId?: string;
}

/** What the service answered to a request. */
export interface Answer {
  state: 'done' | 'refused';
  message: string;
  /** The JSON of `Result__c`; an empty object where there is none. */
  result: Record<string, unknown>;
}

/** What is said where the platform did not take a request. */
export const { sendFailed } = labels;

/** Writes a request and gives its id; `subject` is the key of what it is about, empty where the kind has none. */
export async function sendRequest(
  kind: GovernanceKind,
  subject: string,
  input: object,
  about: RequestedRecords = {},
): Promise<string> {
  const { id } = await createRecord({
    apiName: REQUEST.objectApiName,
    fields: {
      [KIND.fieldApiName]: kind,
      [SUBJECT.fieldApiName]: subject === '' ? null : subject,
      [SURFACE.fieldApiName]: 'panel',
      [CLICKED_AT.fieldApiName]: new Date().toISOString(),
      ...(about.opportunityId ? { [OPPORTUNITY.fieldApiName]: about.opportunityId } : {}),
      ...(about.partnerId ? { [PARTNER.fieldApiName]: about.partnerId } : {}),
      [INPUT.fieldApiName]: JSON.stringify({ version: 1, ...input }),
    },
  });
  return id;
}
