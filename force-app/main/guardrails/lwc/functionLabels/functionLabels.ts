import recruitment from '@salesforce/label/c.Function_Recruitment';
import demandGeneration from '@salesforce/label/c.Function_DemandGeneration';
import partnerSales from '@salesforce/label/c.Function_PartnerSales';
import coSelling from '@salesforce/label/c.Function_CoSelling';
import quoting from '@salesforce/label/c.Function_Quoting';
import onboarding from '@salesforce/label/c.Function_Onboarding';
import customerSuccess from '@salesforce/label/c.Function_CustomerSuccess';
import renewals from '@salesforce/label/c.Function_Renewals';
import training from '@salesforce/label/c.Function_Training';
import telemetry from '@salesforce/label/c.Function_Telemetry';

/** The names of the ten functions. */
export const labels = {
  recruitment,
  demandGeneration,
  partnerSales,
  coSelling,
  quoting,
  onboarding,
  customerSuccess,
  renewals,
  training,
  telemetry,
};
