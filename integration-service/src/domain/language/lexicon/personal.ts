/** Matters of a person's life that a text to a partner has no business with (GDPR articles 9 and 10, and family). */
export const privateMatters: readonly RegExp[] = [
  /\b(?:sick leave|off sick|on leave for|illness|ill with|surgery|hospitalised|hospitalized|cancer|chemo\w*|diagnos(?:ed|is)|therapy|rehab|burn-?out|depress(?:ed|ion)|disab(?:led|ility)|heart attack|stroke)\b/i,
  /\b(?:pregnan\w+|maternity|paternity|parental leave|is expecting|are expecting a|expecting (?:a|her|their) (?:baby|child|first|second)|miscarriage|newborn)\b/i,
  /\b(?:divorc\w+|separated from|custody|marriage|married|engaged to|(?:his|her|their) (?:wife|husband|ex|daughter|son|kids?|child(?:ren)?|mother|father|boyfriend|girlfriend|partner died))\b/i,
  /\b(?:born (?:on|in)|date of birth|birthday|years old|aged \d|passport|social security|national insurance|driving licence|driver'?s licen[cs]e)\b/i,
  /\b(?:votes? for|party member|member of the (?:\w+ )?party|political|religio\w+|muslim|christian|jewish|hindu|atheist|church|mosque|synagogue|trade union member|union rep|gay|lesbian|transgender|asylum|immigrant)\b/i,
  /\b(?:dui|dwi|drunk|alcohol\w*|arrested|convicted|criminal record|on probation|lawsuit against (?:him|her)|(?:his|her) debts?|gambl\w+|affair|addict\w+)\b/i,
  /\b(?:private|home|personal) (?:address|number|phone|mobile|e-?mail|account)\b|\blives (?:at|in|on|near)\b/i,
  /\b(?:his|her|their|\w+'s) (?:salary|bonus|pay cheque|paycheck)\b/i,
];

/** Titles and posts beside which a capitalised word is somebody's name. */
export const titles =
  /^(?:mr|mrs|ms|miss|dr|prof|professor|sir|madam|herr|frau|monsieur|madame|senor|senora|don|dona)$/i;
