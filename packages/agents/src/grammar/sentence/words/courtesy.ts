import { phrasesOf } from './phrases.ts';

/** What may stand before anything we are told, and adds nothing to it. */
export const OPENERS = phrasesOf(`
hi, hello, hey, heya, hiya, yo, oi, howdy, greetings, dear, morning, afternoon, evening, good morning, good afternoon, good evening
good day, hallo, hola, bonjour, ciao, salut, moin, servus, guten morgen, hi there, hello there, hey there
hi team, hello team, hi all, hello all, hey all, hi folks, hey folks, hi everyone, hello everyone, team, folks, guys, hi guys, hey guys
jamie, scarlet, @jamie, @scarlet, bot, mate, buddy, friend, dear jamie, dear scarlet, my friend
ok, okay, k, alright, all right, right, so, well, oh, ah, oops, whoops, argh, ugh, hmm, hm, um, umm, uh, er, erm, great, cool, fine, perfect, sure
yes, yep, yeah, yup, aye, ja, oui, si, da, sorry, excuse me, pardon me, quick one, quick question, one question, question, one more thing
hope you are well, i hope you are well, hope you are doing well, hope all is well, hope all is good, how are you, nice to see you
thanks, thank you, cheers, also, and also, and now, from now on, for this channel, in this channel, from here on, going forward, now, then, next, first of all, finally, btw, by the way, fyi, urgent, asap
looks good, sounds good, all good, good, nice, excellent, just, kindly, please, please just, simply, go ahead and, go on and, be so kind and
be so kind as to, be so good as to, do me a favour and, do me a favor and, if you please, feel free to, make sure to, try to, i beg you, let us go
bitte, por favor, s'il vous plaît, s'il te plaît, svp, per favore, per piacere, prego, faça o favor de, come on, hurry, quickly please`);

/** What may stand anywhere in an order and changes nothing of it. */
export const COURTESIES = phrasesOf(`
please, pretty please, kindly, thanks, thank you, thank you very much, thanks a lot, many thanks, thanks in advance, thank you in advance, thx
thanks so much, thank you so much, cheers, ta, much appreciated, appreciated, would be great, that would be great, that would be nice, if you please
jamie, scarlet, @jamie, @scarlet, mate, buddy, bot, team, folks, guys, dear, my friend
now, right now, asap, immediately, straight away, right away, at once, urgently, instantly, as soon as possible, this instant, this minute
for me, for us, again, once more, once again, one more time, then, just, ok, okay, alright, bitte, danke, por favor, gracias, merci, grazie, obrigado
obrigada, s'il vous plaît, s'il te plaît, svp, per favore, prego, lol, tia, xx, x, ok then, cheers mate
have a nice day, have a good day, best regards, kind regards, regards, good night, good luck, sorry`);

/** The forms in which a request is put as a question to us. Everything else that is a question is one. */
export const REQUESTS = phrasesOf(`
can you, could you, would you, will you, can you please, could you please, would you please, will you please, can you pls
please can you, please could you, please would you, please will you, can you kindly, could you kindly, would you kindly, can you just, could you just, would you just
can you also, could you also, can you now, could you now, would you be so kind and, would you be so kind as to
would you be so kind to, could you be so kind and, could you be so kind as to, would you be able to, could you go ahead and, can you go ahead and, could you quickly, can you quickly
can you go and, could you go and, can jamie, could jamie, can scarlet, could scarlet, will scarlet, would scarlet, can u, could u, can you to, could you to
can i ask you to
could i ask you to, may i ask you to, might i ask you to, could i get you to, can i get you to, could you please just, can you please just, could you please kindly, can you help me to, could you help me to
would it be possible for you to`);

/** Requests that are stated: with a question mark they are questions after all. */
export const STATED_REQUESTS = phrasesOf(`
i want you to, i need you to, i would like you to, we need you to, we want you to, we would like you to, i ask you to, i am asking you to, you please, you can please, please you, you may now, please to, i would appreciate if you could, i would be grateful if you could, it would be great if you could, it would be nice if you could`);

/** A request with the verb in its -ing form. */
export const GERUND_REQUESTS = phrasesOf('would you mind, would you mind please');

/** Every first word of what adds nothing, and of a request. */
export const COURTESY_WORDS: ReadonlySet<string> = new Set([...OPENERS.keys(), ...COURTESIES.keys(), 'you']);
