import { lexicon, surface } from '../words.ts';

/** Words that say how much, how fast or how well: what they are said of has to be documented. */
export const performanceWords = surface(`
  faster fastest quicker quickest quickly fast speed speeds accelerate accelerates sooner slash slashes slashed cut cuts cutting save saves saved saving savings reduce reduces reduced reduction lower lowers lowered
  increase increases increased boost boosts boosted raise lift lifts improve improves improved improvement double doubles doubled triple halve halves halved shrink shrinks shorten shortens eliminate eliminates eliminated
  drop drops fall falls shave shaves gain gains recover recovers payback pays-back roi return efficiency efficient productivity productive throughput utilisation utilization accuracy accurate accurately precise precision
  uptime downtime latency instant instantly immediately real-time realtime cheaper cheapest cheap economical profit profitable revenue yield outperform outperforms beat beats
  disappear disappears vanish vanishes evaporate zero perfect perfectly flawless error-free hassle-free effortless effortlessly overnight stale hallucinate hallucinates
`);

/** Words of praise, endorsement and absolutes: they need approval even where no figure is given. */
export const praiseWords = surface(`
  best better leading leader leaders number-one unique unmatched unrivalled unparalleled unbeatable revolutionary groundbreaking cutting-edge state-of-the-art world-class best-in-class award award-winning renowned
  proven trusted trust endorsed endorse endorses recommended recommend recommends approved accredited certified official officially standard compliant compliance guarantee guarantees guaranteed guaranteeing
  secure secures safe safer safest safety reliable reliability robust bulletproof foolproof seamless seamlessly painless magic magical smart smarter intelligent intelligence powerful simplest easiest
  automatic automatically autonomous autonomously natively native out-of-the-box plug-and-play all-in-one end-to-end turnkey universal everywhere anywhere anytime
  insurance proof evidence protects protect protection prevents prevent detects detect predicts predict learns blocks block replaces replace writes calculates calculate translates translate negotiates negotiate
  diagnoses forecasts forecast optimises optimizes optimise optimize anticipates anticipate heals repairs self-healing
  happy happier satisfied delighted relief relieved stress stress-free effort worry worries burden
`);

/** Manners of saying that a trouble ends or a wish comes true. */
export const benefitPhrases: readonly RegExp[] = [
  /\bthing of the past\b/i,
  /\bgo(?:es)? away\b/i,
  /\bno (?:more|longer)\b/i,
  /\b(?:never|nobody|no one|nothing|none) (?:again|ever|else)?\s?(?:has|have|needs?|will|would|stays?|gets?|goes|slips?|plans?|hallucinates?|fails?|misses|breaks?|falls?|lets?)\b/i,
  /\bnever\b.*\bagain\b/i,
  /\bby (?:itself|themselves)\b|\bon (?:its|their) own\b/i,
  /\bout of the box\b/i,
  /\bwithout (?:anyone|anybody|any|a person|people|human|effort|having|lifting|extra|additional|further)\b/i,
  /\b(?:the )?only (?:one|tool|product|platform|vendor|supplier|assistant|system|solution|company|provider)\b/i,
  /\bpays? (?:for itself|off|back)\b/i,
  /\bmoney back\b|\binvestment back\b/i,
  /\b(?:stops?|quits?|ceases?) \w+ing\b/i,
  /\b(?:get|gets|got|getting|win|wins|gain|gains|gives?|sees?|have|has|earns?|makes?) .{0,40}\bback\b/i,
  /\b(?:tells?|told) us\b|\b(?:loves?|adores?|swears? by|raves? about)\b/i,
  /\b(?:think of|consider|call) (?:it|us|this|\w+) (?:as )?an?\b/i,
  /\bwithout \w+ing\b/i,
  /\bon (?:its|their) head\b|\bat (?:the|a) (?:push|click|touch) of\b/i,
  /\b(?:half|twice|double|triple|fraction) (?:the|of the|as)\b/i,
  /\bthan (?:any|anyone|anybody|anything|all|everyone|everybody|ever|the (?:rest|others?|competition))\b/i,
  /\bno (?:effort|worries|need|downside|drawback|training|preparation)\b/i,
  /\b(?:takes? care of|looks? after) (?:itself|themselves|it all|everything|all)\b/i,
  /\b(?:answer|run|manage|explain|heal|sell|pay|install|maintain|update|configure)s? themsel(?:f|ves)\b|\b(?:answers?|runs?|manages?|explains?|heals?|sells?|pays?|installs?|maintains?|updates?|configures?) itself\b/i,
];

/** Manners of saying that something is quick. */
export const speedPhrases: readonly RegExp[] = [
  /\binside (?:a|one|the) (?:day|week|month|quarter|year)\b/i,
  /\b(?:in|within) (?:near[ -]|almost )?(?:real[ -]time|no time|seconds|minutes|hours|days|weeks)\b/i,
  /\b(?:at once|on the spot|in a flash|in the blink of an eye|there and then|same second)\b/i,
];

/** Frames in which what follows is brought about by us. */
export const bringingFrames: readonly RegExp[] = [
  /\b(?:with|thanks to|because of|through|using|choosing|adopting) (?:us|this|it|our)\b/i,
  /\b(?:once|when|after|since|as soon as) (?:it|they|we|this|that|the \w+)(?:'s| is| are|'re|'ve| have| has)? (?:runs?|running|in|on|live|up|there|installed|started|gone|set|been|finds?|sees?|sit|sits)\b/i,
  /\bafter (?:the first|a|one|two|three|the) (?:few )?(?:day|week|month|quarter|year|winter|summer|season|cycle)s?\b/i,
  /\bin (?:effect|our experience|practice)\b/i,
  /\bwherever it\b|\bas soon as the\b/i,
  /\b(?:think|consider|imagine) (?:of )?\w+ (?:as|that)\b/i,
  /\b(?:you (?:can|could|would|may|might|'d|'ll|get|save|will)|you'd|you'll)\b/i,
];

/** Sayings about everybody, as if measured. */
export const generalities = /\b(?:most|many|all|every|each|typical|typically|usually|on average|in general|always)\b/i;

/** Plain words for our product where its name is not said. */
export const productNouns = lexicon(`
  platform software application app solution engine algorithm assistant system product sensor gateway dashboard map module agent bot workspace map
`);

/** People on the customer's side of whom an outcome may be told. */
export const roleWords = lexicon(`
  customer client user buyer team plant operator crew planner handler driver carrier auditor manager nurse surgeon doctor patient hospital clinic retailer shop owner tenant landlord caretaker teacher student consultant
  developer engineer technician board regulator insurer union council utility bank teams people staff employees facility utility utilities site yard warehouse building finance treasury department company companies
`);
