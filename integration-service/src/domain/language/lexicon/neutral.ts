import { lexicon } from '../words.ts';

/** Words that carry grammar and no claim. */
export const functionWords = lexicon(`
  a an the and or but nor so if then else than that this these those there here it its he she they them their theirs his her hers him
  i me my mine you your yours we us our ours ourselves itself themselves himself herself yourself who whom whose which what when where why how
  is are was were be been being am do does did done doing have has had having will would shall should can could may might must ought
  not no nor none to of in on at by for from with without within into onto upon about above below over under between among through during
  before after until till since while because although though whereas whether as like per via against toward towards across along around off out up down
  yes please thanks thank also too only just even still yet already ever again once very much many more most less least some any each every all both either neither
  other another same such own few several enough rather quite really well now today tomorrow yesterday soon later early earlier late tonight
  dont doesnt didnt isnt arent wasnt werent wont cant couldnt wouldnt shouldnt havent hasnt im ive id ill youre youve theyre theyve were weve its thats lets whats
  don't doesn't didn't isn't aren't wasn't weren't won't can't couldn't wouldn't shouldn't haven't hasn't i'm i've i'd i'll you're you've they're they've we're we've it's that's let's what's there's who's
  one two three four five six seven eight nine ten first second third next last former latter else etc ok okay fine sure right else instead otherwise however therefore thus
  pls thx fyi btw asap hi hello dear hey hola bonjour dag regards best kind cheers sincerely everyone everybody anyone anybody someone somebody nobody something anything nothing everything thing
`);

/** What people who work together on a deal say and do: meeting, writing, asking, agreeing, signing, waiting. No claim about a product. */
export const dealWords = lexicon(
  `
  meet meeting call session workshop visit talk speak speech discuss discussion conversation interview chat write wrote written mail e-mail email message note notes memo letter document page slide deck
  attach attachment enclose send sent receive received forward share shared copy copied resend invite invitation join host attend present presentation presenter agenda topic point question answer answered reply
  ask asked tell told say said mention name call called explain describe introduce introduction refer referral referred accept accepted decline register registered registration submit file filed record recorded
  propose proposal proposed suggest suggestion recommend plan planned planning schedule scheduled book booked agree agreed agreement confirm confirmed confirmation decide decided decision choose chose chosen approve approval
  sign signed signature contract contractual legal lawyer procurement tender bid offer quote quoted quotation price pricing amount value deal opportunity pipeline forecast close closing closed won win lost lose losing
  account partner partnership customer client buyer prospect seller reseller vendor supplier advisor consultant consultancy architect engineer engineering specialist manager director lead leader owner executive sponsor
  team colleague people person staff employee group department division board committee company organisation organization firm business house industry sector market segment
  work works worked working job project programme program scope step stage phase task action item list detail summary overview status update updated version draft review reviewed checklist template form field
  wait waiting delay delayed slip slipped late open pending finish finished complete completed start started begin began begun beginning end ended kickoff continue continued stop
  need needs needed want wants wanted wish hope hoped expect expected look looking looked forward hear heard know known knew think thought believe feel felt understand understood see seen saw read
  like love prefer preferred glad happy sorry afraid delighted pleased thank grateful welcome good great bad hard easy nice fair honest plain simple short long big small large new old
  time date day week month quarter year spring summer autumn winter morning afternoon evening hour half minute moment monday tuesday wednesday thursday friday saturday sunday
  january february march april june july august september october november december weekly daily monthly quarterly annual deadline calendar holiday slot
  region country city state town site location place office desk room building floor address street north south east west europe america united states kingdom france germany spain
  number figure sum total count report reported measure measured measurement study source fact facts word words sentence term terms condition text language english french german spanish translation
  give gave given take took taken bring brought put get got make made come came go went gone move moved keep kept hold held let leave left find found show showed shown use used using try tried help helped follow followed
  lead led run ran change changed correct corrected add added check checked verify set turn turned hand handed pass passed pick picked bring pay paid spend spent spending cost budget invoice fee
  role responsible responsibility contact phone desk number reach reached link folder file spreadsheet portal record marketplace private public listing private-offer joint together side sides party parties
  problem issue topic pain reason risk concern worry worried worries challenge goal objective target case use-case scenario situation context background history idea opinion view comment feedback criticism advice hint
  possible likely necessary useful important clear ready available free busy sure certain different similar open final current present previous recent whole part piece rest
  proposal assessment evaluation evaluate evaluating evaluated pilot trial demo demonstration test testing shortlist compare compared comparison fit candidate reference
  cloud subscription subscriptions aws azure google microsoft amazon network gate saas workload delivery model service services support system tool software technical security it erp crm api integrator integration interface
  regulator regulation auditor audit compliance compliant law authority certificate certified attestation questionnaire white paper documentation guide specification sheet handbook manual
  product feature offering solution platform material kit enablement training course story line lesson rule sense way kind sort type mode option choice alternative example
  side-by-side beside alongside nearby far near ahead behind apart away back
  owe owes owed apologise apology apologies mistake wrong true false real honest honestly frankly openly plainly personally actually basically certainly probably maybe perhaps unfortunately fortunately simply currently recently directly exactly
  silence patience coffee beer dinner lunch travel travelling train flight weather fun joke luck congratulations fair booth stand photo picture recording bridge spam
  interest interested publish deliver provide include contain size pdf renew renewed draw drawing brief briefing connect connection
  begin commercial operational financial finance sales marketing management executive chief officer head deputy
`,
);

/** What the people of our side do as people; "we" with one of these is no claim about the product. */
export const peopleVerbs = lexicon(`
  meet speak talk discuss write send share attach forward invite join host attend present ask answer reply tell say mention explain describe introduce refer propose suggest recommend plan schedule book agree confirm decide choose
  sign offer quote register submit file record update review read check correct add follow look hear know think believe feel understand see want wish hope expect need like would'd owe apologise thank appreciate welcome
  wait continue start begin finish stop travel come go bring take give get make put keep leave let try visit work prepare draft translate rewrite sort arrange organise coordinate align clarify
  win won lose lost close open pass hand lead support serve help spend pay invoice walk show learn learned learnt wonder regret miss missed raise push escalate respond listen promise speculate guess trust enter
  publish deliver provide include draw name fix find found pull push count draw point recommend run ran sell sold buy bought build built do did done have had be been was were are am is hold held mean meant keep kept agree'd move moved resend forget forgot read steer
`);
