import { LightningElement } from 'lwc';
import Toast from 'lightning/toast';
import ToastContainer from 'lightning/toastContainer';
import { pageContext } from '../../../data/page-context.ts';
import { currentPlace, followPlace, goTo, type PageReference } from '../../../data/router.ts';
import type { ToastWords } from '../../lightning/platformShowToastEvent/platformShowToastEvent.ts';

/** Which part of the page is shown for a place; exactly one is true. */
interface Shown {
  home: boolean;
  page: boolean;
  list: boolean;
  record: boolean;
  related: boolean;
  flow: boolean;
}

/** Lightning around the pages: header, the page for the current address, toasts, and where the focus goes. */
export default class App extends LightningElement {
  place: PageReference = currentPlace();
  private stop: (() => void) | undefined;

  override connectedCallback(): void {
    const container = ToastContainer.instance();
    container.maxToasts = 3;
    container.toastPosition = 'top-center';
    this.stop = followPlace((place) => {
      this.place = place;
      this.completePlace();
      globalThis.scrollTo(0, 0);
      this.template?.querySelector<HTMLElement>('main')?.focus();
    });
    globalThis.addEventListener('lightning__showtoast', this.showToast as EventListener);
    globalThis.addEventListener('click', this.followLink);
    this.completePlace();
  }

  override disconnectedCallback(): void {
    this.stop?.();
    globalThis.removeEventListener('lightning__showtoast', this.showToast as EventListener);
    globalThis.removeEventListener('click', this.followLink);
  }

  get shown(): Shown {
    const { type, attributes } = this.place;
    return {
      home: type === 'standard__namedPage',
      page: type === 'standard__navItemPage',
      list: type === 'standard__objectPage',
      record: type === 'standard__recordPage' && attributes['objectApiName'] !== 'sObject',
      related: type === 'standard__recordRelationshipPage',
      flow: type === 'standard__flow',
    };
  }

  get objectApiName(): string {
    return this.place.attributes['objectApiName'] ?? '';
  }

  get recordId(): string {
    return this.place.attributes['recordId'] ?? '';
  }

  get actionName(): string {
    return this.place.attributes['actionName'] ?? '';
  }

  get pageName(): string {
    return this.place.attributes['apiName'] ?? '';
  }

  get relationship(): string {
    return this.place.attributes['relationshipApiName'] ?? '';
  }

  get flowName(): string {
    return this.place.attributes['devName'] ?? '';
  }

  get filterName(): string | undefined {
    return this.place.state['filterName'];
  }

  handleSkip(): void {
    this.template?.querySelector<HTMLElement>('main')?.focus();
  }

  /** Base components fire the same event for a toast that is already on its way; those carry a label. */
  private readonly showToast = (event: CustomEvent<ToastWords & { label?: string }>): void => {
    if (event.detail.label !== undefined) return;
    event.stopPropagation();
    const { title, message, variant, mode, messageData = [] } = event.detail;
    const parts = messageData.map((part) => (typeof part === 'string' ? { label: part, url: '' } : part));
    const withTexts = message?.replace(/\{(\d+)\}/g, (slot, index: string) => {
      const part = parts[Number(index)];
      return part === undefined || part.url !== '' ? slot : part.label;
    });
    Toast.show(
      {
        label: title,
        ...(withTexts === undefined ? {} : { message: withTexts, messageLinks: parts }),
        variant: variant ?? 'info',
        mode: mode === 'dismissable' ? 'dismissible' : (mode ?? 'dismissible'),
      },
      this,
    ).catch(() => undefined);
  };

  /** Links inside the app change the page without loading it anew; everything else is left to the browser. */
  private readonly followLink = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = event.composedPath().find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement);
    if (link === undefined || link.target === '_blank' || !link.pathname.startsWith('/lightning/')) return;
    if (link.origin !== globalThis.location.origin || link.getAttribute('href')?.startsWith('#')) return;
    event.preventDefault();
    goTo({ type: 'standard__webPage', attributes: { url: link.href } });
  };

  /** A link may know a record's id alone; its first three characters tell the object. */
  private completePlace(): void {
    const { type, attributes, state } = this.place;
    if (type !== 'standard__recordPage' || attributes['objectApiName'] !== 'sObject') return;
    const prefix = attributes['recordId']?.slice(0, 3);
    const object = Object.entries(pageContext.objects).find(([, { keyPrefix }]) => keyPrefix === prefix)?.[0];
    if (object !== undefined)
      goTo({ type, attributes: { ...attributes, objectApiName: object }, state }, { replace: true });
  }
}
