/** Everyday words: what a person may say of a service without naming one. */
export const EVERYDAY = `
consumers consumer trail chain rights right yourself yourselves myself himself herself ourselves itself themselves ability able absolutely accept
access accident account accurate achieve admin advance advice afraid afterwards age agree ahead aim air alarm alarms alert alerts alright alternative
amount analysis angry announce annoying annoyed apparently appears apologies appreciate approach appropriate area argue arrive article aside aspect
assist assistance assume attempt attention attribute author average avoid aware axis baby bag balance band bar base basic basis beat beautiful began
beginning behalf benefit beside beyond bite blame blank block blocked blocking blow blown board boat body bonus book boot booting boots border boring
born borrow boss bother bound box boy brain branch bright build burn burst button calm campaign card career careful careless carry catch catching
caught ceased central century chaos charge chart chat cheap choice choose chosen circle class clever click client clients climb climbing closed coffee
collapse collapsed collect college colour column combination comfortable comment common communicate communication community company compile complete
complex complicated concern concerned condition conditions confident conflict confused confusing consider considered consistent contact content
context continue continues continued contract contrast contribute control conversation convince cool copy corner corrupt corrupted couple courage
course cover crazy create created creates creating critical crowd culture cure curious cycle cycling damage damaged dare dark date dated dates
deadlock deadlocked dealing dear death debug debugging decent decision declare decline decrease deep defect definite degree delayed delays deliver
deliveries delivery demand demo depend depends dependency dependencies deserve design desk despite destination detect detected determine develop
developer developers device diagnosis diagnostics diary direct direction directly disabled disappear disappeared disappears disaster disconnect
disconnected disconnects discover discovered discuss discussion disk disks distance divide document dodgy dog dollar door doubt dozen drama dream
drive driver dry duplicate duplicates duration duty ease easier easily easy edge edit effect effects effort elect electric element email emails
emergency employ enable enabled encounter encouraged enemy energy engine engineer engineers enjoy enormous ensure enter entry equal equipment escape
especially essential establish estimate evidence evil exact examine example examples excellent exception exceptions excessive exchange exciting excuse
executed exhausted exit exited exits expand expansion expensive experience expert expire expired expires explore export expose extreme eye eyes face
facing fact factor facts fair fairly faith family famous fan fantastic fashion favour favorite fear feature features feed feedback fell felt fetch
fetching field fight figure final finally finding finger finish finished finishes fit flap flapped flight flood flooded floor flow fly folk follows
food fool foot force forever forget forgot formal format former forth forward fresh friday friend friendly frozen fruit fun function functional
functioning functions fund funny further future gain game gap garbage gate generate gentle genuine girl glad glitch glitches glitchy global goal god
golden goodness gotten grab grade graph great greedy green grew grow grows growing growth guard guess guest guide gun habit hair halt halted handle
handles handling handy hat hate head headroom heads heart heat heck heavily hell hence hero hide highly hint hire hole holiday honest honestly hope
hopeful horrible hot hotel house huge human hundred hurry hurts ice ideal identify ignore ignored ignores imagine immediate immediately impossible
impression improve improved improves improvement include incomplete incorrect increases indeed independent indicate individual industry inform initial
initially inner input inspect install installed instant instantly instruction intend intended interest interested interesting internal international
internet introduce introduced invalid invest involve involved isolated item items join joined joke journey joy judge jump jumped jumping june jury
justify key keys kick kid kinda king kitchen knock knowledge lab lack lacking lacks lady land language large larger launch law lay lazy lead leader
leading learn learned least leave leaves leaving led left legal lend length lesson letter levels liar library lie life lift light liked likely limited
linked links listen listening literally local locate located location lock locked locking locks logic lonely looking loose lorry losses loss love
lover lower luck lucky lunch machine machines mad magic main mainly maintain maintenance major majority male man manage management manager managed
manages march margin mark market marks married mass massive master material maximum meal measure measured measures media medical meet meeting member
members men mental merely merge merged method middle midnight migrate migrated migration mile military milk million mine minor minus minutes mirror
mistake mistakes mix mixed mode model modern modify mood moon moral mother motor mount mounted mouse mouth moved moves movie moving multiple murder
music nasty nation natural nature near nearby nearly necessarily necessary negative nervous net networking newly nightmare noise noisy none noon
normally north nose note notes notified notify nowhere numbers nurse nuts object objects observe observed obvious obviously occasion occasionally
occur occurred occurring occurs offer office officer official offline online operate operating operation operational operations operator opinion
opportunity opposite option options orange ordinary organise original originally otherwise ought outcome outside oven overall overload overnight owe
owner owners owns pace pack package packet packets pages paid pain painful panic panicking panics paper parent park particular particularly partly
partner parts party pass passed passes passing password path patience patient pattern pause paused pay paying payment peace peak peaks perfect
perfectly perform performed performing performs permanent permission persist persistent personal persons phase photo physical pick picked picking
picks picture pictures pile piling pink pipe pitch place placed plain planet planned planning plans plate play played player playing pleasant pleased
pleasure plenty plus pocket poison police policy polite political pool popular population port position positive possibility possibly potential
potentially pound power powerful practical practice prefer prepare prepared presence presentation president press pressure pretend prevent prevented
preventing prevents price primary principle print prior priority private probable proceed processed processes processing produce produced produces
product professional profile program project promise promote proof proper property proposal propose prove provide provided provides public pull pulled
pulling purchase pure purpose pushed pushing puts putting qualify quality quarter query queries question questions queued quick quit quote race radio
rain raise raised ran random range rapid rapidly rare rarely raw reach reached reaches react read reading reads realise reality realistic rebooted
receive received receives receiving recall recommend recommendation record recorded recover recovers recovery recreate recreated red reduce reduced
reduces reference reflect refuse refuses refusing regard register registered regular regularly reject rejecting rejects relate relation relationship
relative release released releasing relevant reliability relief rely remain remains remark remember remind remote removed removes removing repair
repaired repeat repeated repeatedly repeats replace replaced replacement represent request requested requesting requirement rescue research reserve
reserved resolve resolves resolving respect rest restore restored restoring restrict restricted results retry retries retrying reveal review reviewed
rid ride ring rise rising risk road rock role roles roll room rooms root rotate rough round route router routes routing row rubbish rule rules rush
sad safe safer safety said sale sales salt sample sat saturday saving scare scared scary scene schedule scheduler scheduling school science scope
score screen script scroll sea seat section secure security seek select selected selector self sell senior sense sensitive separate sequence series
seriously served serves settle severe severely shadow shame shape share shared shares sharp sheet shell shift ship shipped shock shoot shopping
shortage shot shoulder shout shown shutdown shutting sight sign signal signals signs silence silent similar simple simply simultaneously single sir
site sites sit sitting situation six size sizes skill skip skipped sky sleep sleeping sleeps slight slightly slip slot slots smart smell smooth
smoothly snapshot social soft software soil sold solid solution solve solved somewhat somewhere son song sooner sorts source south space spare speak
special specific specifically speech speed spell spend spent spin spirit spite split spoke spot spread spring square stability stack staff stage
stages stale stall stalled stalling stalls standard standing star starve starved starving statement station statistics stats steady steal stick
sticking stone stood storage store stored story straight straightforward strain stream street strength stress stressed strict strike strong strongly
structure student study stuff stupid style subject submit substantial success successful successfully sudden suffer suffers suggest suggested
suggestion suit suitable sum summer sun sunday supply support supported supports supposed surely surface surprise surprised surprising survive
survives switch switched switching symbol symptom symptoms table tackle takeover talked talking target task tasks taste taught tax teach team teams
tear technical technique technology telephone temperature temporary temporarily tend term terminate terms terrible terribly test tested testing tests
text thin thick thinking third thirty thought thousand thousands thread threads threat threatened threatens threshold thresholds throttle throughput
throw thrown thumb thursday ticket tied tight till timer timers tiny tip tired title toast token tokens tone tool tools topic torn total totally
touched touching tough towards town track tracked trade traditional traffic train transaction transfer transform translate trap trash travel treat
tree trend trends trial tricky tried tries trigger triggered triggering triggers trip tripped troubleshoot truck truly trust truth tune tuned tunnel
turned turns twelve twenty typical typically ugly ultimate ultimately unclear uncommon under undergo understand understood undo unexpected
unexpectedly unfortunately unit units universe unknown unlike unlikely unlucky unresolved unsafe unschedulable unstuck unusually unwell upgrade
upgrades uploads upload upper upside upstream urge urgency urgent usable useless username utterly utilised utilized valid validate valuable values
vanish vanished vary vast vehicle verified verify version victim video view views violent virtual visible vision visit visitors visitor vital voice
volumes vote votes vulnerable wake wakes walk wall wander warm warn warned wars wasted watched watching water wave waves weak wear weather webpage
website wednesday weekly weigh weight welcome west wheel whenever wherever whichever whilst white wide widely wife wild willing win wind window
windows wine winter wire wise woman women wonder wonderful wondering wood woke worker workers workflow workflows workloads workspace world worldwide
worn worrying worth worthwhile wow wrap writes writing written wrote yard yeah year yellow yep yield young younger youth zone zones accidentally
apiece asap atm aww bye chill com crap damn dang dude erm ffs fyi geez gosh haha hmm hooray imo kaboom lmao lol meh nah nope omg oops ouch phew pls
plz rofl shit tbh ugh umm uhh wtf yay yikes yup shitty crappy bollocks blimey crikey bloke innit dunno sorta gotta wanna gonna lemme gimme cuz cos tho
thru til`;
