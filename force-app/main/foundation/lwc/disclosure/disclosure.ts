import { LightningElement, api } from 'lwc';

/**
 * A quiet button that unfolds its slot. The content is made on first opening and stays from then on, so nothing typed is lost.
 * @fires toggle with `detail.open` after it was opened or closed by the reader.
 */
export default class Disclosure extends LightningElement {
  /** The text of the button. */
  @api label = '';

  /** Whether the content is shown; may be set from outside. */
  @api
  get open(): boolean {
    return this.isOpen;
  }
  set open(value: boolean) {
    this.show(value);
  }

  isOpen = false;
  wasOpen = false;

  get expanded(): string {
    return String(this.isOpen);
  }

  get iconName(): string {
    return this.isOpen ? 'utility:chevrondown' : 'utility:chevronright';
  }

  get contentClass(): string {
    return this.isOpen ? 'content' : 'content slds-hide';
  }

  handleToggle(): void {
    this.show(!this.isOpen);
    this.dispatchEvent(new CustomEvent('toggle', { detail: { open: this.isOpen } }));
  }

  private show(open: boolean): void {
    this.isOpen = open;
    this.wasOpen ||= open;
  }
}
