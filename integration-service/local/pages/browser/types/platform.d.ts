/** Modules that the vendor bundle and the build supply, typed as far as the shell uses them. */
declare module 'lightning/toast' {
  interface ToastLink {
    url: string;
    label: string;
  }
  const Toast: {
    show(
      toast: { label: string; message?: string; messageLinks?: ToastLink[]; variant?: string; mode?: string },
      source: unknown,
    ): Promise<unknown>;
  };
  export default Toast;
}
declare module 'lightning/toastContainer' {
  const ToastContainer: { instance(): { maxToasts: number; toastPosition: string } };
  export default ToastContainer;
}
declare module 'lightning/modal' {
  import type { LightningElement } from 'lwc';
  export default class LightningModal extends LightningElement {
    size: string;
    label: string;
    disableClose: boolean;
    close(result?: unknown): void;
    static open(options: Record<string, unknown>): Promise<unknown>;
  }
}
declare module 'shell/*' {
  import type { LightningElement } from 'lwc';
  const component: typeof LightningElement & { open(options: Record<string, unknown>): Promise<unknown> };
  export default component;
}
declare module 'virtual:package-components' {
  import type { LightningElement } from 'lwc';
  /** The package's exposed components by name; each is fetched when asked for. */
  export const packageComponents: Record<string, () => Promise<{ default: typeof LightningElement }>>;
}
