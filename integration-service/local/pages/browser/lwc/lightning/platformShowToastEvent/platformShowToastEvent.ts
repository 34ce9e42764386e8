/** What a toast says; `message` may hold `{0}` for the links or texts of `messageData`. */
export interface ToastWords {
  title: string;
  message?: string;
  variant?: 'info' | 'success' | 'warning' | 'error';
  mode?: 'dismissible' | 'dismissable' | 'pester' | 'sticky';
  messageData?: (string | { url: string; label: string })[];
}

/** Asks the page to show a toast. */
export class ShowToastEvent extends CustomEvent<ToastWords> {
  constructor(toast: ToastWords) {
    super('lightning__showtoast', { detail: toast, bubbles: true, composed: true, cancelable: true });
  }
}
