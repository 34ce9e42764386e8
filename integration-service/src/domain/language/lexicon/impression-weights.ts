/**
 * What each trait of a sentence weighs, in hundredths: above nothing for a claim, below for small talk of a deal. Learned by
 * `test/language/learn-impression.ts` from the development and practice texts alone; never edited by hand. Version 1.
 */
const learned = `
=-74;#answers=-18;#benefit=124;#comparative=38;#could=31;#count=-64;#count unknown=26;#date=-42;#denial=-79
#disparages=50;#first person=-113;#frame=125;#future=59;#general=38;#hint=19;#length 0=-70;#length 1=71;#length 2=63
#length 3=-108;#length 4=40;#money=-44;#months=7;#months unknown=21;#narrative=-73;#open 0=-78;#open 1=-5;#open 2=-5
#open 3=35;#open 4=49;#performance=87;#points=-18;#praise=31;#promise=133;#question=-146;#quoted=-38;#refusal=-95
#rival=139;#role=75;#share=28;#share unknown=89;#shared 0=71;#shared 1=76;#shared 2=-28;#shared 3=-123;#speed=52
#third person=7;#time=-30;#time unknown=50;#times=-15;#times unknown=-15;#untraced 0=-87;#untraced 1=-49
#untraced 2=46;#untraced 3=38;#untraced 4=48;#we=-10;#year=-20;#you=-67;*customer *customer=-60;*customer and=-9
*customer ask=-20;*customer can=31;*customer get=-6;*customer in=-6;*customer is=-18;*customer run=-10
*customer want=-10;*customer will=33;*customer would=-16;*number=-125;*number *number=-36;*number account=26
*number clos=-8;*number day=41;*number decemb=-8;*number employe=-10;*number februari=-7;*number hour=-14
*number jun=-13;*number languag=-6;*number march=-6;*number mill=-15;*number minut=-9;*number open=-9
*number pump=-6;*number sens=-6;*number shop=15;*number stat=-6;*number week=-9;*ours=112;*ours *ours=-16
*ours has=6;*ours is=57;*ours keep=-5;*ours mak=5;*ours model=-13;*ours tell=-7;*ours the=8;*ours with=12
*partner=-41;*partner is=-40;*partner will=31;*person=-66;*person *person=-36;*person ask=-15;*person can=47
*person has=-11;*person the=47;*person will=-22;*person would=17;*rival=30;*rival in=17;*rival is=10;^*customer=23
^*number=-18;^*ours=74;^*partner=30;^*person=-11;^*rival=27;^a=21;^all=10;^amount=-17;^an=23;^and=29;^any=14;^as=-19
^ask=-12;^audit=29;^avoid=-48;^bring=-11;^cald=-24;^can=-9;^carri=5;^clos=-25;^compani=52;^consultant=-7;^cost=16
^could=-9;^count=-22;^crew=9;^custom=-13;^data=18;^dear=-16;^decis=-6;^deliveri=-11;^do=-14;^driv=20;^each=17
^eleven=-26;^engin=21;^every=60;^everything=-6;^fee=-7;^fewer=16;^financ=-13;^first=-9;^five=25;^fix=11;^for=26
^french=27;^from=28;^gift=-8;^go-liv=27;^good=-5;^handl=7;^happi=-26;^he=-19;^heat=7;^hello=-17;^hi=-46;^how=-13
^i=-54;^if=-27;^in=-12;^invest=25;^is=-28;^joint=-32;^legal=-21;^let=-57;^metadata=-16;^meter=7;^month-end=-14
^motor=20;^never=-46;^new=28;^nine=11;^no=49;^nothing=-68;^octob=-10;^old=30;^once=15;^operat=-42;^oracl=15
^other=27;^our=-52;^overtim=26;^patient=15;^plan=-21;^please=-38;^polici=-28;^pump=6;^qualiti=-9;^quest=5;^quillon=8
^region=-7;^report=15;^respond=23;^rival=17;^room=15;^scan=26;^search=8;^sens=-10;^seven=-15;^she=-61;^shift=9
^should=11;^show=-12;^six=-41;^so=-6;^some=-22;^somebody=-12;^sorel=27;^spar=10;^surgeon=35;^tell=9;^tenant=29
^thank=-22;^the=23;^their=40;^there=-29;^they=-31;^three=-9;^to=-9;^today=-16;^trail=26;^train=35;^two=-20;^vibr=18
^we=53;^week=13;^what=11;^whether=-21;^who=-5;^whoev=27;^will=-64;^with=18;^yes=-5;^you=14;a=51;a *customer=-14
a bet=6;a build=-26;a coffe=18;a compani=-53;a custom=-10;a day=5;a driv=-22;a employe=15;a good=-31;a leak=9
a list=-22;a mat=25;a meter=-28;a month=16;a motor=40;a phon=-21;a quart=20;a second=5;a sens=8;a team=10;a week=39
a yard=-5;abl=18;about=-12;about it=-22;above=-27;accept=29;access=-25;accident=8;account=-19;account without=8
acquir=-32;add=18;after=-20;after a=15;after the=9;afternoon=26;afterward=-7;again=56;against=11;agent=74;ago=-46
agr by=-18;agr to=16;agre=-21;ahead=46;alert=22;all=-19;all of=-16;alon=19;already=-46;alway=29;am=-12;amount=-24
an=24;an afternoon=55;anaesthetist=-31;and=-158;and a=-17;and each=-5;and employe=-21;and i=-16;and is=-20;and it=56
and keep=-9;and mov=-5;and nobody=-20;and not=36;and one=-5;and so=-6;and the=-60;and they=6;and we=32;and will=-12
anoma=-16;another=16;any=59;any mak=-21;any more=6;anybody=19;anyone ask=10;anything=-42;anything else=-6
architect=-15;are=-10;are a=18;are agr=-18;are gon=25;are in=-48;are on=51;are the=-17;argu=-35;around=37;arriv=15
as=19;as a=11;as dur=10;as in=16;as it=19;as many=16;as the=25;as they=-7;ask=-63;ask that=-10;ask the=-8
ask them=21;ask what=-32;ask whether=-17;assess=-28;assistant=34;at *customer=20;at *number=-7;at all=9;at any=18
at night=-30;attach=-7;attack=26;attent=-29;audit=31;audit committe=-12;audit found=-9;august=-9;automat=-5
autumn=-16;avoid=-74;away=18;azur=-15;back=62;bacnet=-8;bad=-23;bas=-9;basic=21;batteri=-11;be in=-12;be read=-20
be there=27;because=-17;becom=73;becom a=10;becom the=16;been=-7;before=15;before anyone=14;before anything=-23
before the=28;before they=-12;before we=-11;before you=-6;behav=10;behind=-18;believ=-5;belong=-27;below=-17
besid=-13;besid the=-13;bet=-12;between=21;between the=15;bid=33;big=17;bill=53;bill for=-7;bind=-10;block=-35
board=36;bodi=12;boil=13;book=12;bookshop=-54;both=-12;bought=20;breath=19;bridg=38;bring=-70;bring a=-19
bring it=-13;bring the=-19;budget=-19;build=-11;built=33;built for=19;burn=8;but=-9;by=11;by *number=8
by *partner=-8;by a=17;by hand=-12;by itself=24;by mail=-28;by telephon=-18;by the=9;by us=-29;cab=-10;cabl=7
cald=-24;calendar=9;call=-61;cam=10;cam from=-14;cam to=40;camera=14;can=40;can be=-13;can say=-11;can show=9
can't=-6;cancel=27;cancell=16;cannot=13;card=-31;careful=-9;carri=-10;carri the=16;cas=24;cellar=-20;certain=39
certif=12;certifi=-15;certificat=29;chang=-44;charg=38;chargeback=12;cheap=5;check=-47;chief=-6;chosen=-23
christma=19;cit=-8;claim=31;class=22;clean=17;clear=47;clinic=24;clos=19;clos *number=-12;clos dat=-21;clos on=-49
cloud=-17;cod=19;coffe=34;cold=18;collect=86;collect *number=-21;collect evidenc=-27;collect the=-6;com=12
com from=-38;com in=-42;com out=7;com with=-7;committe=-53;compani=-8;compani has=10;compani is=45;compani of=-8
compani say=-17;compani that=14;compani with=8;complain=32;complet=7;complianc=12;condit=33;connect=53;consultant=20
contact=-28;contract=-103;contract is=-53;contract with=-12;control=13;control and=-7;control is=12;copi=24
correct=21;cost=25;could=33;could you=-7;council=-12;count on=38;countri=7;court=19;cover=-21;cover the=-24;cran=-21
crew driv=-18;currenci=6;custom=30;custom ask=-10;cut=18;cycl=6;damag=6;dark=14;dashboard=11;dat=-26;data=-27
data is=23;day=92;day and=-6;day of=17;day one=39;deadlin=48;deal=-6;deal in=-5;decad=17;decemb=-11
decemb *number=-8;decid=-49;decis=-6;deliv=37;deliveri=-11;depart=-7;depend=-26;depend on=-26;desk=7;develop=13
devic=-5;did=-9;differenc=26;differenc with=-8;different=-12;direct=-30;discuss=9;dispatch=-14;divis=-16;do=-24
do not=14;do the=-11;do we=-10;dock=14;docu=11;does=-9;does not=-17;does the=19;done=21;done it=-12;door=-36;doubl=6
down=42;draft=-13;draft the=7;draft them=-22;draw=-8;driv to=-13;drop=19;drown=13;due=-13;dur=73;dur and=-14
dur as=10;dying=9;each=-12;each loc=-13;each of=-29;each respond=-11;each week=-19;earlier=-26;easi=34;east=22
effect=6;eight=-24;either=-27;electrician=-29;eleven room=-10;else=-21;elsewher=19;employe=-18;employe council=-10
employe for=34;employe in=5;employe of=16;employe who=11;employe with=-7;empti=10;end of=-22;energi=5;engin=41
english=-29;enjoy=7;enough=-8;enter=-15;erp=17;erp is=6;eur=-7;evalu=-42;evaluat=-22;even=51;evening=-23;ever=84
every=27;every month=19;every quart=-38;every trail=-7;everyone=26;everyone know=29;evidenc=-22;except=-24;exist=-27
exist in=-21;expect=-6;expensiv=10;expert=5;export=-11;extra=7;fail=-28;failur=22;fair=51;fall=21;far=-32;fast=-45
februari=-7;februari *number=-7;fee=38;fee check=-5;fee is=-9;feel=16;fewer=17;fight=9;fil=-24;fil the=-9;film=-25
final=22;financ=-7;find=81;find out=19;find the=38;fine=32;finish=-19;first call=-14;first month=33;first quest=-61
first year=47;fit motor=-21;five=54;fix=34;fleet=26;follow=-8;fool=9;for *customer=5;for *number=-16;for a=-39
for as=14;for each=-16;for good=27;for nothing=39;for that=-9;for the=-12;for this=9;for two=-29;for us=25;forget=14
form=-20;fortnight=5;found=36;found *number=-9;fourth=9;framework=-8;franc=-7;fraud=19;fre=88;french=20;fresh=19
friday=-17;fridg=-18;from=-42;from *number=33;from *partner=-14;from our=-12;from the=-8;furnitur=-5;gap=-9;gat=19
gat build=-8;gateway=-26;gav=-15;gbp=-9;gbp *number=-9;get=68;get a=17;get cheap=6;get the=42;get there=-37
gift card=-14;giv=54;go=-47;go to=-26;go-liv=43;goe=20;goe down=34;goe liv=18;goe to=-12;gon=58;good=30;got=6
guarante=-20;guess=5;guid=-8;had=-16;half=27;hand=32;handful=-13;handl=-9;hannah=31;happen=5;happi=-12;harbour=-10
hard=-38;has=-88;has a=-17;has been=-18;has chang=-10;has no=12;has seen=52;has to=-50;hat=-7;have=-47;have been=-9
have it=36;have no=-27;have seen=-15;have the=18;have their=-33;he=-34;hear=20;heard=28;heat=10;held=30;hello=-17
hello everyone=-13;help=52;here=-36;hi=-46;himself=-20;histori=57;holiday=-6;hom=33;hour=20;how=-64;how the=-5;i=-86
i am=-11;i have=-19;i will=-22;i would=-12;if=11;if the=-18;if they=47;if we=5;if you=-8;imag=-5;in=-13
in *number=-11;in a=-16;in an=33;in draft=10;in ohio=-6;in one=-21;in septemb=-26;in spreadsheet=-13;in-hous=16
includ=27;insid=-15;insid the=-16;install=37;insur=9;insuranc=22;integr=11;interest=-31;interfac=-14;into=53
introduct=-17;invest=25;invoic=27;ireland=-13;is=-62;is a=-27;is all=13;is at=-25;is connect=7;is done=29;is due=-11
is evaluat=-24;is in=-54;is kept=-12;is no=10;is not=-43;is on=-38;is one=24;is out=-9;is over=45;is paid=19
is small=8;is that=-10;is the=-58;is what=12;is with=-9;iso=-16;iso *number=-5;it=76;it and=19;it at=9;it cam=-14
it collect=-6;it find=36;it for=16;it get=-15;it goe=-40;it has=-16;it hear=8;it in=-26;it is=-99;it keep=26
it mak=24;it show=38;it will=10;it's=15;item=-14;its=25;its custom=42;its own=11;itself=63;januari=-9;join=20
joint=-33;joint revenu=-29;juli=-28;jun=14;jun *number=-11;just=24;keep=52;keep it=-32;keep the=9;kept=-42;kettl=12
know=14;know it=31;know the=-10;know who=16;know yet=-9;lab=14;laboratori=-12;land=9;languag=32;larg=-16;largest=-24
last=-37;last tim=-13;last year=32;late=27;later=23;law=32;lawi=-30;lead=5;leak=20;learn=-10;leav=-26;left=9;let=-71
let us=-53;letter=-36;lif=15;like=33;like to=-8;likes=8;lill=-8;limit=-52;lin=30;link=-7;list=-24;list is=-16
list of=-53;listen=-55;listen to=-26;littl=-9;liv=62;liv in=22;loc=-40;loc besid=-13;logist=-10;lol=-32;los=12
lost=63;lunch=35;mad=27;magnet=-14;mail=-34;mainfram=10;mak=10;maker=34;man=-9;manag=-27;mandatori=-11;manual=-50
manual exist=-21;march=15;march *number=-6;mat=-12;mat of=25;match=43;may *number=-5;may be=-46;mayb=-8;me=-27
measur=-62;measur from=-9;medic=9;meet=-37;meet at=-13;meet in=-35;melt=14;memori=5;ment=20;messag=23;meter=-24
meter is=15;meter list=-15;mill=-25;minut=62;miss=-17;mistak=28;model=42;model are=-10;model run=-10;modul=18
monday=-13;money=-5;monit=21;month=35;month-end=-16;month-end clos=-16;mood=-33;more=65;more than=-10;most=-17
most of=-22;motor need=-29;motor of=-21;mov=-94;mr=-5;nam=18;need=-40;need an=6;need attent=-29;need to=-14
neighbour=11;network=-35;network at=-32;never=34;new=34;new erp=27;next=32;next *rival=-13;next to=24;next year=-12
night=-9;nine=15;nineti=6;no=58;no audit=-15;nobody=-57;nobody has=-38;nobody know=-8;normal=19;not=-40;not a=16
not be=-19;not by=-28;not the=-13;note=12;nothing=43;nothing is=-25;notic=27;novemb=-15;now=26;numb=-21;numb of=-31
nurs=49;octob=15;octob is=10;of=8;of *customer=10;of *number=9;of a=6;of any=-21;of every=-6;of it=-18;of its=40
of meter=-14;of the=6;of them=-45;of this=-12;of two=29;of what=10;off=-46;offer=20;offic=-16;often=-18;ohio=-18
old=43;on=-33;on *number=-8;on a=-58;on board=-8;on it=10;on one=-10;on the=-11;on their=-10;once=10;one=-15
one bill=-7;one in=21;one of=-39;one plac=-7;one that=-7;ones=-38;only=36;only want=25;opc=-5;open=-20
open differenc=12;open the=-13;oper=5;operat room=-42;opin=-5;or=-32;oracl=15;order=-12;order in=13;other=62
others=35;our=22;our contract=-5;our sid=-17;ours=17;out=-10;over=69;over the=15;overnight=7;overtim=41;owe=18;own=6
owns=-19;owns the=-19;oxelund=-8;pack=-40;pag=-27;paid=35;paper=-31;part=17;part of=-16;partn=-10
partn dashboard=-28;patienc=-6;patient=56;pay=49;pay for=14;payment=5;pdf=-18;pemberton=-24;penalti=9;penni=28
per=37;percent=19;phon=-30;photograph=-27;pilot=39;pip=7;plac=-10;plac for=-18;plain=19;plan=24;plan is=19;plat=21
platform=-17;platform team=-25;please=-67;please do=-15;point=-18;polish=-20;polit=-32;port=-13;portal=-12
possibl=-6;predict=29;pref=-9;premium=30;present=33;pric=36;pric of=10;print=-33;produc=-5;product=33;project=-69
promis=-25;propos=-21;protect=-10;public=-29;put=16;put it=-12;qualiti=-27;quart=-10;quest=-11;questionnair=-15
queu=8;quick=-8;quiet=-32;quillon=8;radio=12;rather=10;reach=12;read=44;read the=-15;read-on=-17;read-on access=-17
readi=35;readi for=-26;real=-6;reason=-21;reason for=-12;receiv=-18;reconcil=8;record=-28;refer=-29;regulat=24
regulat report=-7;remain=-27;renew=11;replac=6;report is=70;resourc=-10;respect=-21;respond=-13;respond is=-16
respond to=24;respond was=-18;rest=-28;revenu=-29;right=19;rights=-8;risk=5;rival=17;robot=-24;rollout=-8;roof=8
room=25;room and=5;room is=23;rost=49;rota=-5;rotterdam=-9;round=6;rul=-16;run=21;run *number=-27;run on=5;saf=14
safer=29;said=-29;said that=-25;sal=-37;same=38;sav=31;say so=26;say we=-17;say which=-17;scan=22;scept=-25
schedul=12;scop=-6;screenshot=-5;sea=6;search=25;season=37;second=20;seconds=20;securiti=-13;seen=37;sell=60;seni=13
sens=53;sens fit=-22;sent=-43;sentenc=-15;septemb=-30;serious=5;serv=10;servic=13;sess=-14;set=23;set the=11
set up=-11;settl=-25;settl fil=-17;seven=-31;shar=-5;sharepoint=12;she=-67;she will=-8;sheet=-23;shift=28
shift swap=9;sho=-32;shop=43;should=-20;should be=-10;should not=-6;shout=-5;show=6;show after=21;show at=-7
show how=-7;show it=-37;show what=-39;shrink=5;sid=-18;sign=-49;signatur=-6;since=-15;six=-30;siz=-27;sleep=12
slid=-18;slot=-21;slow=7;small=12;snow=-22;so=-90;so does=-5;so we=-25;softwar=58;sold=6;some=-28;somebody=-39
somebody has=-15;somebody who=-15;someone=8;something=5;somewher=-27;sorel=27;sound=-17;spanish=23;spar=11;spe=-25
split=-32;spr=7;spreadsheet=36;stand=26;standard=29;stat=-44;stat are=5;stat each=-18;stay=-8;stay in=-9;steer=-35
step=30;still=-59;stood=-8;stop=36;stori=-11;subcontract=-46;sum=-21;superintendent=-14;support=77;sure=-6
surgeon=39;survey=47;swap=18;swap are=-6;swedish=23;switch=-11;system=35;taken=-22;talk=-38;talk to=-25;target=10
tc-2026-118=-9;team is=-32;team of=16;team that=-10;technician=26;telephon=-21;tell=53;tell the=29;temperatur=-10
templat=-8;ten=43;tend=-26;term=14;than=-46;than one=-9;than the=10;thank=14;thank you=-25;thanksgiv=7;that=-38
that have=27;that is=-54;that mat=-15;that owns=-10;that the=23;that they=5;that was=-14;that were=-23;the=-8
the *customer=31;the *number=-17;the account=-23;the anaesthetist=-31;the assistant=61;the audit=-17;the board=49
the build=-17;the cab=-10;the call=-23;the caretak=10;the carri=-30;the certificat=17;the chang=-7;the clinic=9
the committe=-6;the contract=-22;the countri=30;the crew=-7;the custom=-28;the data=-28;the day=-43;the deal=-7
the differenc=-15;the employe=10;the end=-19;the engin=-24;the erp=-10;the evidenc=31;the fee=17;the first=43
the fleet=28;the form=-19;the gat=14;the gateway=-27;the hour=15;the incident=5;the interfac=-21;the lab=12
the largest=-19;the list=-9;the manual=12;the meter=-15;the mill=-12;the model=36;the morn=-23;the most=-9
the network=-32;the new=28;the next=32;the numb=53;the offer=-7;the old=-24;the one=-12;the only=25;the other=42
the pag=-18;the photograph=-20;the plan=-7;the plat=15;the pric=24;the product=27;the project=-52;the pump=-12
the quest=-5;the reason=-12;the refer=-15;the regulat=-18;the report=38;the resourc=-10;the rest=-28;the right=-9
the room=-33;the rul=-24;the sal=-51;the same=26;the schedul=14;the season=6;the second=24;the sens=26;the servic=12
the softwar=37;the stat=7;the sum=-10;the survey=33;the system=8;the talk=-8;the team=8;the tend=-24;the third=50
the tool=17;the two=-5;the unit=-9;the vend=18;the week=-17;the whol=31;the word=-25;the working-tim=-13;the yard=27
the year=15;their=53;their own=-34;them=17;themselves=52;then=-42;there=-19;there is=-22;they=45;they are=-10
they ask=-20;they can=19;they do=-7;they go=-30;they have=6;they need=8;they show=10;they want=-6;they were=31
they will=-13;they would=-13;things=10;think of=5;third=56;thirti=-13;this=-49;those=13;three=-14;three list=-6
three team=-8;through=-8;through the=-14;thrown=25;ticket=27;till=-16;tim=78;tim a=-9;tim as=13;tir=14;to=-13
to *number=28;to agre=-5;to be=13;to clos=-12;to do=21;to know=-24;to read=25;to respond=-28;to show=-54;to talk=-41
to use=18;to your=-11;today=-37;took=29;tool=52;top=15;touch=-12;tour=-20;toy=13;trad=34;trail turn=26;train=71
train is=31;transact=8;treat=6;troubl=11;truck=-8;trust=-19;try=16;tulsa=7;turn=52;turn tim=-6;twenti=17;twic=-44
two=-51;two loc=-10;two of=-29;typ=-22;ua=-5;unchang=-27;under=31;understand=25;understand what=23;union=8;unit=-12
unit stat=-12;unplan=11;unplan stop=11;until=20;until the=19;up=40;up *number=-29;up to=-20;updat=-9;upload=-6;us=23
us to=9;usd=-9;usd *number=-9;use=-29;use it=7;used=31;used to=19;utiliti=-13;vend=102;vers=25;very=-40;vibr=16
visit=-70;voic=14;walk=5;wall=-35;wallpap=16;want=-51;want the=-19;want to=-16;warn=16;was=-36;way=-22;way to=13
we=-83;we are=-18;we can=-18;we do=-35;we employe=26;we have=-49;we meet=27;we read=18;we sell=-12;we should=-24
we will=38;weath=15;week=-23;week and=-9;well=-34;went=-11;were=-42;were sold=-6;what=-18;what a=-50;what is=-13
what it=17;what the=6;what they=12;what we=-6;whatev=26;when=11;when a=-12;when it=-15;when the=26;where=-29
where it=10;whether=-43;whether they=-18;which=-33;which i=17;which is=-20;which motor=-29;whiteboard=-6;who=-85
who can=-6;whoev=18;whol=40;whose=-13;why=27;will=54;will ask=-21;will be=55;will bring=-20;will get=8;will have=23
will never=10;win=8;window=5;wint=-10;wish=-12;with=-32;with *number=-7;with *ours=34;with *partner=-23;with a=-59
with any=-11;with every=19;with it=20;with the=-31;within=57;within a=21;within the=29;without=22;without a=17
word=-40;working-tim=-14;working-tim report=-14;workshop=-33;worth=37;would=-14;would be=-20;would begin=-14
would like=-37;would not=11;would show=-14;would use=-8;wrot=5;yard=40;year=49;year and=16;yes=-10;you=-58
you are=-7;you ask=-15;you for=-15;young=-9;your=-20;yours=-50;zero=5
`;

export const impressionWeights: ReadonlyMap<string, number> = new Map(
  learned
    .trim()
    .split(/[;\n]/)
    .map((entry) => [entry.slice(0, entry.lastIndexOf('=')), Number(entry.slice(entry.lastIndexOf('=') + 1))] as const),
);
