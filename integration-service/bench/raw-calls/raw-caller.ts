import {
  AssociateOpportunityCommand,
  type AssociateOpportunityCommandInput,
  CreateOpportunityCommand,
  type CreateOpportunityCommandInput,
  PartnerCentralSellingClient,
  StartEngagementFromOpportunityTaskCommand,
  type StartEngagementFromOpportunityTaskCommandInput,
} from '@aws-sdk/client-partnercentral-selling';
import jsforce from 'jsforce';
import type { Connection } from 'jsforce';
import { idOf } from '../canned-salesforce/canned-rows.ts';
import type { JournaledCall } from '../canned-salesforce/canned-salesforce.ts';
import { awsKeys } from '../rig/engine-room.ts';
import type { AceCall, CallPlan } from './call-plan.ts';

const base = '/services/data/v66.0';

/**
 * The bare sequence: a referral's calls one after the other, by jsforce and the SDK, and nothing else. No inbox, no claim,
 * no guardrail, no ledger: what it did is nowhere on record, and done twice it files twice.
 */
export class RawCaller {
  readonly #plan: CallPlan;
  readonly #connection: Connection;
  readonly #ace: PartnerCentralSellingClient;
  readonly #url: string;

  constructor(plan: CallPlan, urls: { readonly salesforce: string; readonly ace: string }) {
    this.#plan = plan;
    this.#url = urls.salesforce;
    this.#connection = new jsforce.Connection({ instanceUrl: urls.salesforce, accessToken: 'canned', version: '66.0' });
    this.#ace = new PartnerCentralSellingClient({
      region: 'us-east-1',
      endpoint: urls.ace,
      credentials: awsKeys,
      maxAttempts: 1,
    });
  }

  /** All calls for the deal of this number; it inserts the click's request too where `click` is true. */
  async refer(number: number, click: boolean): Promise<void> {
    const { before, ace, after } = this.#plan;
    const opportunityId = idOf('006', number);
    // Not `new`, so the channel's filter keeps it from the service, which is not asked to do this one.
    if (click)
      await this.#connection
        .sobject('Request__c')
        .create({ Kind__c: 'refer', State__c: 'done', Opportunity__c: opportunityId });
    for (const call of before) await this.#salesforce(call, opportunityId);
    let networkId = '';
    for (const call of ace) networkId = (await this.#network(call, opportunityId, networkId)) ?? networkId;
    for (const call of after) await this.#salesforce(call, opportunityId);
  }

  close(): void {
    this.#ace.destroy();
  }

  async #salesforce({ method, path, body }: JournaledCall, opportunityId: string): Promise<void> {
    await this.#connection.request({
      method,
      url: `${this.#url}${base}${this.#own(path, opportunityId)}`,
      headers: { 'content-type': 'application/json' },
      ...(body === '' ? {} : { body: this.#own(body, opportunityId) }),
    });
  }

  /** Gives the opportunity's id when the call makes one. */
  async #network({ operation, body }: AceCall, opportunityId: string, networkId: string): Promise<string | undefined> {
    switch (operation) {
      case 'create-opportunity': {
        const input = {
          ...body,
          PartnerOpportunityIdentifier: opportunityId,
          ClientToken: opportunityId,
        } as unknown as CreateOpportunityCommandInput;
        return (await this.#ace.send(new CreateOpportunityCommand(input))).Id;
      }
      case 'associate-solution': {
        const input = { ...body, OpportunityIdentifier: networkId } as unknown as AssociateOpportunityCommandInput;
        await this.#ace.send(new AssociateOpportunityCommand(input));
        return undefined;
      }
      case 'submit-opportunity': {
        const input = {
          ...body,
          Identifier: networkId,
          ClientToken: opportunityId,
        } as unknown as StartEngagementFromOpportunityTaskCommandInput;
        await this.#ace.send(new StartEngagementFromOpportunityTaskCommand(input));
        return undefined;
      }
    }
  }

  #own(text: string, opportunityId: string): string {
    return text.replaceAll(this.#plan.opportunityId, opportunityId);
  }
}
