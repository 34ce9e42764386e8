/** Ways to commit the company; the borders are in docs/language/labelled-set.md. */
export interface PromiseForm {
  readonly what: string;
  readonly pattern: RegExp;
}

export const promiseForms: readonly PromiseForm[] = [
  {
    what: 'a guarantee',
    pattern:
      /\b(?:guarantee[sd]?|guaranteeing|warrant(?:y|ies|s)?|we (?:commit|vow|pledge|swear)|you have my word|(?:i|we) promise|rest assured)\b/i,
  },
  {
    what: 'a date of the roadmap',
    pattern:
      /\b(?:(?:will|shall|going to|about to|set to|due to|'ll) (?:ship|release|launch|arrive|land|roll out|be (?:released|ready|launched|shipped|available|out|live|included|added|in (?:the )?(?:next|version|release)))|lands?|ships|launches|leaves? beta|comes? (?:out (?:in|next|this|soon|with)|in (?:version|v|release|the next|q[1-4]))|goes? live (?:in|on|for|next|by)|road ?map|next (?:release|version|on our list)|coming soon|(?:planned|scheduled|slated) for (?:release|q[1-4]|next|spring|summer|autumn|winter)|(?:is|are) next)\b/i,
  },
  {
    what: 'a date of delivery',
    pattern: /\b(?:will|shall|'ll) be (?:\w+ed|live|up|running|ready|done|complete) (?:by|before|on|within|in)\b/i,
  },
  {
    what: 'a price or a discount',
    pattern:
      /\b(?:discount|rebate|knock (?:\w+ ){0,3}off|(?:%|percent|per cent|fifth|quarter|third|half|usd|eur|gbp|\d) off\b|off (?:the )?(?:list|price)|match (?:any|whatever|every|their|the other|your)|beat (?:any|whatever|their) (?:price|quote|offer)|price (?:lock|freeze|guarantee|match|cap)|(?:hold|keep|freeze|fix|lock)(?:s|ing|ed)? (?:today's |the |their |this |that |your |its )*pric(?:e|es|ing)|pric(?:e|es|ing) (?:will (?:stay|remain|not|never|hold)|stays?|remains?|won't|is fixed|are fixed|never))/i,
  },
  {
    what: 'something for nothing',
    pattern:
      /\b(?:free of charge|for free|free (?:months?|years?|trial|training|licen[cs]es?|seats?|support|setup|upgrade)|at no (?:extra |additional |further )?(?:charge|cost|fee)|without (?:extra|additional|further)? ?(?:charge|cost|fee)s?|no (?:extra|additional|further) (?:charge|cost|fee)s?|on the house|on us\b|throw(?:s|ing)? in\b|waive[sd]?|gratis|complimentary)/i,
  },
  {
    what: 'money back or a penalty',
    pattern:
      /\b(?:money back|refund(?:s|ed)?|credit note|service credits?|(?:do|does|will|would) not pay|pays? nothing|owes? nothing|we (?:pay|carry|cover|bear|absorb|reimburse|compensate)|penalt(?:y|ies) if|get their money)\b/i,
  },
  {
    what: 'a fee or a commission',
    pattern:
      /\b(?:(?:will|shall|'ll|going to|gets?|receives?|we) (?:\w+ ){0,3}(?:commission|bonus|kickback|spiff)|(?:double|raise|increase|triple|improve)s? (?:the |your |their )?(?:referral |partner )?(?:fee|commission|margin)|(?:you|partner|they|\w+) (?:will )?(?:gets?|receives?|earns?) \d+(?:[.,]\d+)? ?%)/i,
  },
  {
    what: 'a service level',
    pattern:
      /\b(?:24\/7|24x7|around the clock|round the clock|uptime of|(?:availability|uptime|response|answer|reaction)(?: times?)? (?:of|under|below|within)|(?:on site|on-site|there|replaced|answered|fixed|respond|response|support) (?:within|in under|the same day|in less than)|within \w+ (?:minutes?|hours?) (?:on|of)|same[- ]day (?:support|response|service|replacement|delivery|repair|shipping)|(?:support|on site|repair\w*|replac\w+|answer\w*|respon\w+|someone|engineer) .{0,20}same day|always (?:be )?(?:on site|there|available|someone|reachable)|someone on site|sla\b|hold their hand|however long|no matter (?:what|how))/i,
  },
  {
    what: 'a term of the contract',
    pattern:
      /\b(?:cancel(?:s|led|lation)?|terminat(?:e|es|ion)|opt out|walk away|leave|exit|get out) (?:\w+ ){0,4}(?:any ?time|at any|every month|monthly|without (?:notice|cost|penalty|fee)|after \w+ (?:days|weeks|months)|whenever|for free)|\b(?:unlimited|no|full|accepts?|assumes?) (?:\w+ )?liability\b|\bliability\b|\bindemnif\w+|\bno strings\b|\bexclusiv(?:e|ity) (?:for|to|in)\b|\bnotice period\b/i,
  },
  {
    what: 'an outcome',
    pattern:
      /\b(?:will|shall|'ll|is going to|are going to) (?:definitely |certainly |surely |easily |comfortably )?(?:pass|succeed|achieve|reach|meet (?:its|their|the|every)|comply|be compliant|win|never|always|get (?:its|their))\b/i,
  },
  {
    what: 'a standing by an outcome',
    pattern:
      /\b(?:we|i)(?:'ll| will| do)? (?:stand (?:behind|by)|vouch|back) (?:it|this|that|at|the|our|them|every)\b|\bwe (?:make|'ll make|will make) (?:sure|it happen)|\bi'll make it happen\b|\bworst case\b/i,
  },
];

/** Said by way of refusing, asking, reporting or recalling what the contract says. */
export const notCommitting: readonly RegExp[] = [
  /\b(?:cannot|can't|could not|not|never|no) (?:\w+ )?(?:promise|guarantee|commit|discount)/i,
  /\b(?:avoid|the word|not a promise|no promise|is a measurement)\b/i,
  /\bas in (?:our|the) contract\b|\baccording to (?:our|the) contract\b|\blike last time\b/i,
  /\b(?:would like|wish|wanted|hoped|tried) to promise\b|\bhas not promised\b/i,
];
