import { EVERYDAY } from './everyday.ts';
import { wordsOf } from './phrases.ts';

/** With these a question begins, whether or not a question mark follows. */
export const QUESTION_OPENERS =
  wordsOf(`what which who whom whose why where when how is are am was were be do does did has have had should shall
must may might can could would will need ought any anyone anybody whether cannot aint wie was warum por qué pourquoi wo wer`);

/** Orders to look: whatever follows, nothing is changed. */
export const LOOKING_VERBS =
  wordsOf(`show list get give display print fetch check look inspect describe tell explain diagnose investigate analyse analyze examine find see view
read watch follow stream tail grep search filter compare diff verify summarise summarize report count pull dump monitor
recommend suggest advise know confirm remind help clarify predict estimate evaluate review
log logs event events pod pods top status health why how what plan plans audit history cluster clusters whoami doctor commands changes usage overview ask`);

/** Nouns and verbs that a misspelt word may stand for. */
export const CORRECTABLE =
  wordsOf(`restart restarting restarted scale scaling scaled rollback revert reboot bounce double halve triple increase decrease reduce raise remove lower shrink
approve approved reject denied freeze unfreeze cancel delete destroy cordon uncordon drain kubectl update upgrade deploy create shutdown
replica replicas instance instances revision version previous deployment statefulset monday tuesday wednesday thursday friday saturday sunday morning afternoon evening midnight daemonset namespace cluster clusters service services container
events warnings memory usage nodes unhealthy healthy changed changes different difference compare history status health doctor commands
please could would should tomorrow tonight later before after unless except without slowly gradually carefully only never because until whenever
everything twice another switch default defaults timeout minutes seconds hours allowed permissions thanks crashing failing broken running working
logs show which where whats happened happens happening rolling again release channel three seven eight eleven twelve fifteen twenty thirty forty fifty`);

/** Ordinary words: none of them names an object unless the cluster has one of that name. */
export const ENGLISH =
  wordsOf(`${EVERYDAY} a about above across act acting action actions actually add added additional affect after again against ago ah all allow allowed almost alone along already also although always am among an and
another answer any anybody anymore anyone anything anyway apart app appear application applications apply are area aren around as ask asked asking at available average away awful b back bad badly based be became because
become been before began begin behave behaving behaviour behind being believe below best better between big bigger bit bloody both bottom break breaking breaks bring broke broken brought budget bug buggy bugs build built burning busy but buy by
c call called calls came can cannot capacity care cause caused causes causing certain chance change changed changes changing check checked checking checks clean cleaner clear clearly close cluster clusters colleague come comes coming
command commands complain complaining complains completely config configuration connect connected connection connections constantly consume consumes consuming container containers cope coping core cores correct cost could count cpu cpus crash crashed crashes crashing crashloop crashlooping
current currently customer customers cut d daemonset daily dangerous data database day days dead deal decide decided default defaults definitely degraded delay delete deleted deleting deploy deployed deployment deployments deploys describe detail details diagnose did die died dies diff differ difference differences different
disk display do doctor does doing done double down downtime draining drop dropped dropping drops due during dying each earlier early eat eaten eating eats either else empty end ended ends enough entire error errored erroring errors etc even evening event events ever every everybody everyone everything
exactly exist exists expect expected explain explanation extra fail failed failing fails failure failures fall fallen falling false far fast faster feel feeling few file files find fine fire first fix fixed fixes flag flaky flapping follow following for found four free frequent frequently from full fully
gave general generally get gets getting give given go goes going gone good got grep gets great ground group guys had half handle hang hanging hangs happen happened happening happens happy hard has have having he health healthier healthy hear heavy held hello help helped helps her here hers hey hi high higher his history hit hog hogging hogs hold home hope host
hour hours how however http hung hungry hurt i idea identity if ill image impact important in incident incidents including increase increased indeed info information inside instance instances instead into is isn issue issues it its itself
job jobs just keep keeping keeps kept kill killed kind kinds knew know known knows lag lagging laggy last lasted late lately latency later latest least leave left less let level like limit limits line lines list lists little live load loaded loading loads log logged logging logs long longer look looked looking looks loop looping lose lost lot lots low
made main make makes making many matter matters may maybe me mean means meant memory mention mentioning mentions message messages metric metrics might mind mine minimum minute minutes miss missing moment monday month more morning most mostly move much must my myself name named names namespace near need needed needs neither never new newest news next nice night
no nobody node nodes none nor normal normally not nothing notice noticed now number o odd of off often oh ok okay old older oldest on once one ones online only oom oomkilled open opened or order other others our ours out outage output over overall overloaded overview own
page part past pending people per percent performance perhaps permission permissions person phone piece place plan plans please pod pods point poor possible possibly post present pressure pretty previous previously probably problem problems process production progress proper properly pull push put queue queues quick quickly quiet quite
r ram ran rate rather reach reachable ready real really reason reasons recent recently recommend recommended recover recovered recovering red regarding related release released releases reliable remain remaining remove replica replicas replied replies report reported reports request requests require required requires resource resources respond responding responds response responses rest restart restarted restarting restarts resolve resolved result
return returned returning revert reverted revision revisions right risk risks risky rollback rollbacks rolled rolling roll rollout rollouts room run running runs safe safely said same saturated save saw say saying says scale scaled scales scaling second seconds see seeing seem seems seen send sensible sent serious serve server servers service services serving set several shall she short should show showing shows shut
side since situation slow slower slowly small so some somebody somehow someone something sometimes soon sort sorry sound spike spikes spiking stable stand start started starting starts state stateful statefulset status stay stays step still stop stopped stopping stops strange struggle struggling stuck stuff such suddenly suffering sure suspicious sync system
take taken takes taking talk tell than thank thanks that the their them themselves then there these they thing things think this those though three through throw throwing throws time timed timeout timeouts times timing to today together told tomorrow tonight too took top total touch traffic trouble true try trying turn twice two type
u unable unavailable under unhappy unhealthy unless unreachable unreliable unresponsive unschedulable unstable until unusual up update updated upset uptime us usage use used user users uses using usual usually v value various version versions very via wait waiting want wanted wants warning warnings was watch way we week weekend weeks weird well went were what whatever when whenever where whether which while who whole why
will wish with within without won wonder work worked working workload workloads works worried worry worse worst worth would write wrong x year yes yesterday yet you your yours zero whoami allowed approved approve approval denied deny audit verify container containers sidecar hour waste wasting biggest largest heaviest smallest greedy greediest expensive hottest hot cold busiest lately stale outdated
compare compared comparison tail stream print dump fetch inspect investigate analyse analyze examine summary summarise summarize report cheers bye greetings welcome joke weather cat minute min mins sec secs hrs hr cpu millicores gb mb gib mib kb crashloopbackoff imagepullbackoff errimagepull containercreating evicted terminating terminated notready
scheduled unscheduled throttled throttling leak leaking leaks leaky swap heap oomkill killed sigkill sigterm exit code codes 500 502 503 504 404 5xx 4xx http https probe probes liveness readiness startup mount volume volumes pvc secret secrets configmap endpoint endpoints ingress dns network timeout refused denied forbidden unauthorised unauthorized quota
heal heals healed healing self-healing case cases escalated escalate undo undone undoing reverting freeze frozen freezing unfreeze unfrozen stuck drain cordon uncordon delete restartable scalable automatically automatic manual manually auto recommendable advisable necessary wise idea okay useful helpful harmful pointless sense good bad lose losing break broken affect interrupt interruption disrupt disrupting disruption kubectl help instead
shows fault faults faulty alive responding reply unwell sick ill poorly healthy unhappy misbehaving misbehave misbehaves acting funny strangely odd oddly hiccup hiccups mess messed grumpy acting toast borked knackered hosed wonky dodgy shaky iffy bust kaputt kaput fubar choking screaming smoking flat struggling spinning limping sluggish
minus plus negative too online offline much detail deep please kindly could cloud between difference both against ones list shown give hand happen reckon fancy suppose guess anyone's anybody's everybody's today's yesterday's last past previous prior earlier ago since until am pm january february march april june july august september october november december
deploying deployed redeploy redeployed upgrade upgraded upgrading updating patch patched happening contain contains containing contained match matching matches word words text string phrase mentioned include includes including around near nearest during
second's let's here's grand brilliant super lovely thanks cheers excellent awesome tell told asked ask say everyone's whose whom which while
knoten nodo nodos nodi nœud noeud nó nós namensraum espacio espace spazio espaço nombres noms nomi nomes dei de das der die le la les el los il lo du des un une der dem den della do da dienst anwendung déploiement despliegue implantação servicio servizio serviço aplicación applicazione aplicação
sts ds deploy svc po ns cm rs daemon pod's cluster's it's what's`);

/** Words that show that something is the matter, or ask how it is. */
export const TROUBLE =
  wordsOf(`nobody not down broken slow sluggish crash crashes crashed crashing failing fails failed failure error errors erroring wrong stuck pending unhealthy healthy ok okay fine well up
unavailable unreachable unresponsive dead dying died oom oomkilled restarting restarts crashloop crashlooping crashloopbackoff flapping hanging hangs hung hang leaking leak leaks problem problems issue issues trouble
health hello hi overview anything everything things weird strange odd misbehaving slowly ready alive running working works timeout timeouts timing outage incident degraded overloaded 500 502 503 504 5xx kaputt kaput toast borked lagging laggy flaky unstable`);
