/** Words that mark what stays in the house: limits, margins, unpublished decisions, and the ways people whisper. */
export const secretPhrases: readonly RegExp[] = [
  /\b(?:our|the|hard|absolute|price) floor\b(?! (?:plan|manager|space|of the building))|\bfloor price\b/i,
  /\bwalk-?away (?:price|point|number)\b|\breserve price\b|\brock[- ]bottom\b|\bbottom line is (?:usd|eur|gbp|[$€£\d])/i,
  /\b(?:our|gross|net|profit|internal) margins?\b|\bmargin on\b|\bmark-?up\b/i,
  /\b(?:below|at) (?:our )?cost\b|\bloss-?leader\b/i,
  /\brun rate\b|\bburn rate\b|\brunway\b|\bcash (?:runs out|position)\b|\bshort of cash\b/i,
  /\b(?:talking|talks|in negotiations?) (?:to|with) an? (?:acquirer|buyer for the company|investor)\b|\b(?:acquirer|acquisition|merger|takeover|ipo|spin-?off)\b/i,
  /\b(?:lay-?offs?|redundanc\w+|will be let go|resigned|handed in (?:his|her|their) notice|hiring freeze|restructur\w+)\b/i,
  /\b(?:not public|not yet public|not announced|unannounced|not been announced|embargo\w*|under nda|pre-?announcement)\b/i,
  /\b(?:for your eyes only|eyes only|off the record|strictly between|hush|keep (?:it|that|this) (?:to yourself|quiet|secret|between us)|not for (?:circulation|distribution))\b/i,
  /\bbetween (?:us|you and me|ourselves|the two of us)\b(?! and\b)/i,
  /\b(?:do not|don't|please don't|never) (?:forward|share|pass (?:this|it) on|circulate)\b/i,
  /\b(?:in (?:strict )?confidence|confidential(?:ly)?|treat as internal|internal(?: only)?:|internal use|secret)\b/i,
  /\bwe (?:would|could|will|'d|can) (?:accept|settle for|go down to|go as low as|take)\b/i,
  /\b(?:their|hospital's|customer's|council's) (?:true|real|internal|secret) (?:budget|limit)\b/i,
];

/** Credentials, whatever the words around them. */
export const credentialPatterns: readonly RegExp[] = [
  /\bpass(?:word|wd|phrase|code)s?\b\s*(?:is|:|=)?\s*\S+/gi,
  /\b(?:sk|pk|rk|ghp|gho|xox[abps]|glpat)[-_][\w-]{8,}/gi,
  /\bAKIA[0-9A-Z]{12,}\b/g,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/g,
  /\b(?:api|access|secret|private)[ _-]?key\b\s*(?:is|:|=)\s*\S+/gi,
];
