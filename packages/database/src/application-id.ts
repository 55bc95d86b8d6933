/** In the header of every file of ours ("JaSc"), so that another program's database is recognised. */
export const APPLICATION_ID = 0x4a615363;
