"""Which given names are used for one another. Each line is one person's possible names; lines overlap.

Collected by hand from common British, Irish and European usage; the officers look at every hold, so the list
leans to the generous side.
"""

NICKNAMES = """
abigail abby abbie gail
adam ad
albert al bert bertie albie
alexander alex alec alick sandy sasha xander lex alasdair alastair alistair
alexandra alex alexa sandra sandy sasha lexi
alfred alf alfie fred freddie
alison ali allison allie
amanda mandy
andrew andy drew andrea andreas andre andrzej anders
angela angie ange
anne ann anna annie anita hannah nan nancy annette
anthony antony tony antonio anton ant
antonia toni tonia
arthur art artie
barbara barb babs barbie
beatrice bea trixie beatrix
benjamin ben benny benji
bernard bernie bernhard
bridget bridie biddy brigid brigitte
bronwen bron
caroline carolyn carol carrie caro lynn
catherine katherine kathryn katharine cath cathy kathy kate katie kitty kay kathleen cate katarina katja
cecilia celia cissy
charles charlie chas chuck carl karl carlos
charlotte charlie lottie lotte
christine christina christiane tina chris chrissie kirsten kirsty kristina
christopher chris kit topher christoph kris christian
clare claire clara
constance connie
cynthia cindy
daniel dan danny
daphne daph
david dave davy davey dai
deborah debra deb debbie
dennis denis den denny
derek del
diana diane di dinah
dominic dom dominik
donald don donny
dorothy dot dottie dora dolly thea
douglas doug dougie
edith edie
edmund ed eddie ned ted
edward ed eddie ned ted teddy eduard
edwin ed eddie
eleanor ellie nell nellie nora elena elinor lenore helen
elizabeth elisabeth liz lizzie beth betty betsy eliza elsie lisa libby bess elspeth isabel lilibet elise
emily em emmie millie
emma em
ernest ernie ern
eugene gene
evelyn eve evie
florence flo florrie flossie
frances fran frankie fanny francesca
francis frank fran frankie francesco franz
frederick frederic fred freddie freddy fritz friedrich
gabriel gabe
gabrielle gaby gabby gabriele
geoffrey jeffrey geoff jeff
george georgie jorge georg jerzy
gerald gerry jerry gerard ger
gillian gill jill jilly jillian
giles gilles
giovanni gianni john
gordon gordie
graham graeme grahame
gregory greg gregor grzegorz
gwendolyn gwen wendy
harold harry hal
harriet hattie harriette
helen nell ellen elena lena helena helene
henry harry hal hank heinrich henri enrique
herbert herb bert bertie
hilary hil hillary
howard howie
hubert bert hugh
hugh hughie huw hugo
humphrey humph
ian iain
ignatius iggy ignacio
imogen immy
isabel isabella isobel bella izzy belle ishbel
isaac ike zac
jacob jake jakob jakub
jacqueline jackie jacqui jacquie
james jim jimmy jamie jem hamish seamus jaime
jane janet janey jenny jan janie
janet jan jessie
jason jay
jean jeanne jeannie
jennifer jen jenny jennie
jeremy jerry jem
jerome jerry
jessica jess jessie
jessie jess
joanna joanne jo joan johanna
john jack johnny jon jonny ian sean shaun evan hans jan juan ivan jean johann johannes
jonathan jon jonny johnny jonathon nathan
joseph joe joey jos josef jose giuseppe jozef
josephine jo josie posy
joshua josh
joyce joy
judith judy jude
julia julie jules juliet julian
julian jules
katrina trina kat
kenneth ken kenny
laura laurie lori
laurence lawrence larry laurie lorenz lars
leonard len lenny leo
leslie lesley les
lewis louis lew lou luis ludwig
lillian lily lil lilian
linda lyn lynda lindy
louise lou louisa
lucy lucia lucinda lulu
luke lucas luca lukas
lynn lynne lyn linda
madeleine maddie madeline maddy
malcolm mal malc
marcus mark marc
margaret maggie meg peggy peg marge margie margot greta rita madge daisy mairead małgorzata
maria mary marie mia ria moira maureen
marion marian
martin marty martyn
martha marty patty
mary molly polly mae may mair minnie mamie
matthew matt matty matthias mateusz
matilda tilly tilda mathilde
maureen mo maura
maurice morris mo
maximilian max
melanie mel
melissa mel missy lissa
michael mike mick mickey micky mikey mitch michel miguel mikhail michal misha
michelle shelley chelle
mildred millie
millicent millie
mohammed muhammad mohamed mohammad mo muhammed mohamad
nancy nan anne
natalie nat talia natalia natasha
nathaniel nat nathan nate
nicholas nick nicky nicolas nico nikolaus klaus mikolaj colin
nicola nicky nikki nicole
nigel nige
norman norm
oliver ollie olly olivier
olivia liv livvy ollie
oscar ozzie
pamela pam
patricia pat patsy tricia trish patty paddy
patrick pat paddy padraig rick patric
paul pauli pavel pablo paolo paulo
pauline polly paula
penelope penny pen
percival percy
peter pete piet pierre pedro piotr pieter petra
philip phil phillip pip felipe philippe
philippa pippa pip
phyllis phyl
prudence pru
rachel rach rae rachael
raymond ray
rebecca becky becca bex rebekah
reginald reg reggie
rhiannon rhi
richard rick ricky dick rich richie dickie ricardo
robert rob robbie bob bobby bert robin rab roberto
roberta bobbie robbie
roderick rod roddy rory
rodney rod
roger rodge rog
roland rolf rollo orlando
ronald ron ronnie ranald
rosemary rose rosie romy
rosalind ros roz linda rosa
rosalie rose rosa
roy roye
rupert rupe
russell russ
samantha sam sammy
samuel sam sammy
sarah sara sally sadie
sebastian seb bastian
sheila sheelagh
sidney sydney sid syd
simon si simeon
sophia sophie sofia zofia
stanley stan
stephanie steph stephie stefanie
stephen steven steve stevie stefan stephan esteban szczepan
stuart stewart stu
susan sue susie suzie suzanne susannah suzy susanna sukey
sylvia silvia syl
tamsin tam
teresa theresa terry tess tessa tracy therese
terence terry terrence tel
theodore theo ted teddy
thomas tom tommy thom tomasz tomas
timothy tim timmy
tobias toby
tracey tracy
ursula ulla
valerie val
vanessa nessa
veronica ronnie vera
victor vic viktor
victoria vicky vicki tori viki
vincent vince vinnie vin
violet vi
virginia ginny ginger
vivian viv vivien vivienne
walter wally walt
wilfred wilf fred
wilhelmina mina minnie
william bill billy will willie liam wilhelm guillaume gwilym guglielmo wim
winifred winnie win freda
yvonne evie vonnie
zachary zach zac zack
zoe zoey
"""
