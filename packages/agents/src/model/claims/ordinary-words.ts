/** Words that say nothing about a cluster by themselves: a claim is not made true by them, nor false. */
export const ORDINARY_WORDS: ReadonlySet<string> = new Set(
  `a about above after again against all also although always an and another any are around as at away back be became
  because become becomes been before began begin begins being below beneath between both but by came can cannot cause
  caused causes causing come comes could current currently did do does doing done due during each earlier either end
  ended ends enough even ever every exactly far few first for from further gave get gets give given gives goes going
  got had happen happened happens has have having he hence here how however i if immediately in instead into is it its
  itself just keep keeps kept known last later leads least led less like likely made make makes making many may means
  meant might more moreover most much must near need needs neither new next nor not nothing now of off often old on
  once only onto or other others our out over own part past previous previously rather reason recent recently result
  results said same say saying says see seen several shortly should show showed shown shows side since so some soon
  started starting starts still such take taken takes tells than that the their them then there therefore these they
  thing things this those though through thus time times to together too toward towards tried tries try trying under
  until up upon use used uses using very via was way we well went were what when where whether which while who whole
  whose why will with within without would yet you your`.split(/\s+/),
);
