/** What is written as one word and read as two. Typed without the apostrophe as often as with it. */
const PAIRS = `
what's=what is, whats=what is, who's=who is, whos=who is, how's=how is, hows=how is, where's=where is, wheres=where is,
when's=when is, whens=when is, why's=why is, whys=why is, that's=that is, thats=that is, there's=there is, theres=there is,
it's=it is, he's=he is, she's=she is, here's=here is, everything's=everything is, let's=let us, lets=let us,
isn't=is not, isnt=is not, aren't=are not, arent=are not, wasn't=was not, wasnt=was not, weren't=were not, werent=were not,
don't=do not, dont=do not, donot=do not, dnt=do not, doesn't=does not, doesnt=does not, didn't=did not, didnt=did not,
can't=can not, cant=can not, cannot=can not, couldn't=could not, couldnt=could not, won't=will not, wont=will not,
wouldn't=would not, wouldnt=would not, shouldn't=should not, shouldnt=should not, mustn't=must not, mustnt=must not,
needn't=need not, neednt=need not, shan't=shall not, hasn't=has not, hasnt=has not, haven't=have not, havent=have not,
hadn't=had not, hadnt=had not, ain't=is not, aint=is not, i'm=i am, im=i am, i'd=i would, i'll=i will, i've=i have,
ive=i have, we're=we are, we'd=we would, we'll=we will, we've=we have, weve=we have, you're=you are, youre=you are,
you'd=you would, you'll=you will, they're=they are, theyre=they are, they've=they have, dunno=do not know,
gonna=going to, wanna=want to, gotta=got to, should've=should have, could've=could have, must've=must have,
coulda=could have, shoulda=should have, whaddya=what do you, d'you=do you, dya=do you, canu=can you`;

/** The words that a contraction stands for. */
export const CONTRACTIONS: ReadonlyMap<string, readonly string[]> = new Map(
  PAIRS.split(',').map((pair) => {
    const [short = '', long = ''] = pair.trim().split('=');
    return [short, long.split(' ')] as const;
  }),
);

const SPELLINGS = `
teh=the, hte=the, adn=and, nad=and, anf=and, fro=for, ot=to, tp=to, ti=to, fo=of, si=is, iz=is, ar=are, wat=what,
wut=what, wht=what, waht=what, hwo=how, hw=how, wy=why, wyh=why, whi=why, hwy=why, y=why, wich=which, whcih=which,
shud=should, shuld=should, shoud=should, sould=should, shld=should, shoudl=should, cud=could, culd=could, coud=could,
cld=could, cn=can, cuold=could, coudl=could, wud=would, wuld=would, woud=would, wolud=would, woudl=would, wil=will,
wll=will, u=you, yu=you, yuo=you, yoo=you, ya=you, yoou=you, pls=please, plz=please, plase=please, pleas=please,
pleae=please, plese=please, pelase=please, plx=please, pleeze=please, pleease=please, tehm=them, hte=the, taht=that,
thta=that, tht=that, tis=this, thsi=this, tihs=this, frm=from, wth=with, wiht=with, wit=with, whit=with,
abt=about, abuot=about, bak=back, bck=back, dwon=down, donw=down, dwn=down, nwo=now, r=are, ur=your, bcos=because,
bc=because, cos=because, coz=because, cuz=because, becuase=because, tmrw=tomorrow, tmr=tomorrow, tomoz=tomorrow,
thx=thanks, thnx=thanks, tnx=thanks, thanx=thanks, thks=thanks, tks=thanks, ty=thanks, nvm=nevermind, ns=namespace,
repl=replicas, reps=replicas, mem=memory, prev=previous, rev=revision, deps=deployments, som=some, mor=more,
lgos=logs, lgo=log, losg=logs, lggs=logs, evnts=events, evetns=events, pdos=pods, posd=pods, podz=pods,
nto=not, iff=if, fi=if, dif=diff, dff=diff, heath=health, tpo=top, stpo=stop, sotp=stop,
hlep=help, hepl=help, halp=help, oepn=open, ndoe=node, ndoes=nodes, restar=restart, rstart=restart`;

/** Short words that fingers and phones misspell, and their right form. Longer words are compared by edit distance. */
export const SPELLED: ReadonlyMap<string, string> = new Map(
  SPELLINGS.split(',').map((pair) => {
    const [wrong = '', right = ''] = pair.trim().split('=');
    return [wrong, right] as const;
  }),
);
