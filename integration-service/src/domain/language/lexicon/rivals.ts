import { lexicon } from '../words.ts';

/** Ways to speak of a rival without naming it. */
export const rivalPhrases: readonly RegExp[] = [
  /\b(?:competitors?|competition|rivals?|incumbents?|alternatives?)\b/i,
  /\b(?:other|another|next|different|remaining) (?:vendors?|suppliers?|providers?|bidders?|tools?|products?|platforms?|labs?|side|offers?|solutions?|quotes?)\b/i,
  /\b(?:the )?(?:old|current|present|existing|previous|legacy|former|last|today's) (?:vendor|supplier|provider|tool|product|platform|software|system|set-?up|solution|dashboards?|package)\b/i,
  /\b(?:vendor|supplier|provider|bidder|lab|tool|platform|product|company|software|system)s? (?:that|who|which|from|they have|of yesterday)\b/i,
  /\b(?:bidders|suppliers|vendors|providers) (?:from|across)\b/i,
  /\b(?:german|american|french|british|chinese|indian|israeli|dutch|swedish|local|big|cheap|cheaper|established) (?:vendor|supplier|provider|player|lab|competitor|one)s?\b/i,
  /\bunlike\b/i,
  /\b(?:everyone|everybody|anyone|anybody|nobody) else\b|\bthe others\b/i,
  /\b(?:previous|current|present|existing|former) (?:\w+'s|\w+ \w+'s)\b/i,
  /\bopen(?:-| )(?:source|weight)?\s?models\b/i,
  /\bcompared (?:to|with)\b/i,
];

/** Words that run something down. */
export const disparagingWords = lexicon(`
  bad worse worst poor terrible awful horrible useless worthless pointless pathetic ridiculous laughable joke amateur amateurish clumsy clunky ugly outdated obsolete dated ancient dinosaur legacy primitive
  broken breaks broke crash crashes crashed fail fails failed failing failure unreliable unstable insecure unsafe breach breached breaches hacked leak leaked leaks lose loses slow slower slows expensive overpriced costly
  dying dead bankrupt bankruptcy insolvent gone sinking struggling shrinking leaving fleeing abandon abandoned desperate doomed finished
  lie lies lying liar hide hides hidden cheat cheats dishonest misleading scam trick tricks unreachable unresponsive rude arrogant incompetent clueless ignorant never confuse confuses confused
  gimmick hype vapourware vaporware nightmare disaster mess chaos headache pain trouble troubles problem problems regret regrets suffer suffers stuck trapped lock-in
  kicked dumped ditched beat beats beaten displace displaced displaces replace crush crushed outclass outperform inferior lacking lacks behind cannot can't couldn't won't
  lol sadly unfortunately notorious notoriously infamous half-baked weak weaker weakness stupid silly crap rubbish garbage junk fall falls off slippery unproven
`);

/** Ways to run somebody down by a hint. */
export const hints: readonly RegExp[] = [
  /\b(?:would not|wouldn't) (?:want|trust|bet|touch|recommend|wish)\b/i,
  /\bthink twice\b/i,
  /\bgood luck\b/i,
  /\btrust an?\b/i,
  /\bhave (?:never|not)\b/i,
];

/** What may be said of a competitor that may be named: that it is there, not how it is. */
export const presenceWords = lexicon(`
  use used uses using evaluate evaluated evaluating compare compared comparing consider considered considering shortlist quote offer tender bid contract expire expires end ends renew renewal incumbent vendor supplier tool
  today currently also too still already department site team one buyer customer look looked met invited demo pilot trial run ran have has had day in for at and us them place installed there slots
`);
