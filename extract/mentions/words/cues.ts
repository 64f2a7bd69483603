// Words inside and around names that tell where a name ends and what it names.
const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/u))

/** Legal forms at the end of a company's name (lower case, dots removed). */
export const LEGAL_FORMS = set(`inc incorporated ltd limited llc llp plc gmbh ag sa s.a spa srl bv nv ab as oy oyj corp corporation co company kg se kk pty pte lp lllp asa aps sarl holdings holding`)

/** What sports clubs are called, before or behind their name (lower case, dots removed); so sure a sign that no first name in front makes a person of them. */
export const CLUB_FORMS = set(`fc afc cfc cf sc ssc ac asc sv tsv vfl vfb vfr bsc fsv rc rfc cc fk nk bk gnk sk aik hjk cd ud sd`)

/** Last words of names of organizations. */
export const ORG_WORDS = set(`
academy administration agency airlines airways alliance army assembly associates association authority band bank battalion board breweries brewery brigade broadcasting brothers bureau cabinet center centre chamber chemicals choir church club
coalition college command commission committee communications company confederation conference congress consortium consulting cooperative council court department directorate division electric electronics embassy energy ensemble enterprise enterprises
entertainment faculty fc fcs federation finance financial force forces foundation front fund games government group guard guild guardian gazette herald healthcare hospital industries industry institute institution insurance international investments journal laboratories laboratory labs lab league legion logistics media ministry motors movement museum
navy network networks news office orchestra organisation organization parliament partners partnership party pharmaceuticals philharmonic police polytechnic post press productions publishers publishing quartet radio railways records regiment sc school schools senate service services
society software solutions squad staff state states-college station stores studio studios symphony syndicate systems team technologies technology telecom telegraph television theatre-company times tribune trust union unit united universities university ventures workers works workshop
bbc cnn nasa fbi cia nato un eu nfl nba mlb nhl fifa uefa ncaa mit ucla ibm`)

/** Words that open or close names of places. */
export const LOC_WORDS = set(`
airfield airport alley alps archipelago arena avenue basin bay beach boulevard borough bridge building canal canyon cape castle cathedral cave cemetery chapel city cliffs coast commune country county creek crossing dam delta desert district drive estate falls farm field fields forest
fort gardens gate glacier gorge gulf hall harbor harbour heights highway hill hills hotel house island islands isle isles junction kingdom lake lakes lane ledge lighthouse mall mansion marsh metro mill mine monastery moor mosque mount mountain mountains motorway municipality ocean oblast palace parish park parkway pass peak peninsula
pier place plain plains plaza point pond port prefecture prison province quay railroad railway range rapids reef region republic reservoir resort ridge river road rock sea shore skyline springs square stadium station strait street stream suburb temple terrace territory tower towers town township tunnel turnpike valley village volcano wall ward way wharf woods yard zoo`)

/** First words of names of places. */
export const LOC_OPENERS = set(`lake mount mt fort port cape gulf bay isle river camp north south east west northern southern eastern western upper lower los las san santa puerto saint st el central monte sierra rio lago isla ile île piazza via rue plaza castel villa val puente playa mont`)

/** First words of names of organizations. */
export const ORG_OPENERS = set(`fc ac sc afc cf club real sporting dinamo dynamo inter rapid politehnica universidad universidade université universite universität universitat università instituto institut istituto banco banque bank partido parti partito ministerio ministère banca société sociedad compagnie companhia grupo groupe gruppo royal national federal university ministry department office church bureau institute college committee council society association federation order house supreme high`)

/** Last words of names of events, works, laws, prizes and products. */
export const MISC_WORDS = set(`
act accord accords agreement album amendment anthem award awards ballet battle bible bill book bowl carnival chronicles championship championships championat charter code concerto constitution contest convention crisis crusade cup
day declaration derby edition election elections episode era expedition exhibition expo fair festival film final finals games genocide grand-prix language law laws magazine marathon massacre medal meeting mission mutiny novel offensive olympics open
opera order oscar pact paper parade plan play poem prix prize problem program programme project prize protocol race rally rebellion reform regatta report resolution revolt revolution riots saga sea-games season series show siege song sonata suite summit symphony theorem theory tour tournament trial trials trilogy trophy treaty uprising war wars week`)

/** Capitalised common nouns after which `of …` belongs to the name. */
export const OF_HEADS = set(`
academy act age alliance annals archbishopric archdiocese archives art association bank battle bay bishopric board book bridge brotherhood bulletin bureau cathedral cape center centre chamber church city club coast college commission committee commonwealth community confederation congregation constitution convention council court county criminal daughters
declaration department diocese district division duchy faculty federation festival fall feast game gardens gulf guild hall head hospital hotel house houses institute institution isle isles journal kingdom knights lake league legion legend library lord lords master masters medal ministry monastery mount mountains movement museum national northern office order organisation organization
parish parliament party peace people peninsula port prefecture principality prophet proceedings province region representatives republic river royal school schools sea secretary-general senate shrine siege society sons sound state states statue story strait straits sultanate synod tale temple theatre theater tower transactions treaty tribes trinity union university valley voice war wars world`)

/** Capitalised nouns after which `for …` belongs to the name. */
export const FOR_HEADS = set(`academy agency alliance association board bureau campaign center centre centers centres coalition colloquium commission committee conference convention council department foundation fund initiative institute institution league library ministry movement museum network office organisation organization party project school section society symposium task-force team transactions trust union unit workshop`)

/** Capitalised nouns that take a possessive before them into the name: St. John's College. */
export const POSSESSIVE_HEADS = set(`academy abbey association bay bridge brigade cathedral center centre championship chapel choice church club college court cross cup day federation fund gate guild hall hospital hotel house institute island lane league museum office palace park party point republic road school square street theatre theater tournament tower trust union university wharf world`)

/** Small words inside names of persons and places. */
export const PARTICLES = set(`de da do dos das di del della delle dello dei du des la le las los van von der den ter ten te zu zum zur af av bin bint ibn ben y al el e und of-the ap d' o'`)

/** All-capitals writing that names nothing. */
export const NO_ACRONYMS = set(`am pm ad bc ce bce tv ceo cfo cto coo vp phd ph.d md ba ma bsc msc mba ok id pc cd dvd lp ep dj mp mps mc pr hr usd eur gbp gmt utc est pst cet a.m p.m u.s.c vs no nos pp vol ed eds fig tel faq asap rip ufo dna rna gdp hiv aids ph iq mr mrs ms dr jr sr i ii iii iv vi vii viii ix xi xii it`)

/** Verbs before or after a name that say: a person. */
export const PERSON_VERBS = set(`said says told asked replied married wed born died studied graduated wrote writes sang starred played joined retired resigned argued explained added noted recalled thought believes believed felt smiled laughed walked moved emigrated attended teaches taught lives lived grew served competed debuted enrolled`)

/** Words that end a hyphenated adjective made from a name: Boston-based. */
export const HYPHEN_TAILS = set(`based born led style like backed owned speaking area era wide made run built educated trained inspired bound funded sponsored controlled occupied dominated related affiliated language class type only friendly`)

/** First parts of hyphenated ordinary words. */
export const HYPHEN_HEADS = set(`non anti pre post self co ex re semi sub super multi inter intra over under out well ill cross long short high low full half all mid new old two three four five six seven eight nine ten one first second third part step e to-do so-called vice pro neo ultra mini micro real open close hard soft left right far near double single free fast slow large small`)
