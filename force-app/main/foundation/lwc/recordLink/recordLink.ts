import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';

/** A link to a record's page, with the address the platform gives it, so that it also opens in a new tab. */
export default class RecordLink extends NavigationMixin(LightningElement) {
  @api label = '';

  @api
  get recordId(): string {
    return this.id_;
  }
  set recordId(value: string) {
    this.id_ = value;
    this.findAddress();
  }

  address: string | undefined;
  private id_ = '';

  connectedCallback(): void {
    this.findAddress();
  }

  handleClick(event: Event): void {
    event.preventDefault();
    this[NavigationMixin.Navigate](this.pageReference);
  }

  private get pageReference(): object {
    return { type: 'standard__recordPage', attributes: { recordId: this.id_, actionName: 'view' } };
  }

  private async findAddress(): Promise<void> {
    if (this.isConnected && this.id_ !== '') {
      this.address = await this[NavigationMixin.GenerateUrl](this.pageReference);
    }
  }
}
