/**
 * The draft of a referral, shared with the panel that shows it before the click (`c/referralDraft`): what a person saw is
 * what is sent, because it is the same code. The service imports it here and nowhere else.
 */
export * from '../../../../force-app/main/co-selling/lwc/referralDraft/referralDraft.ts';
