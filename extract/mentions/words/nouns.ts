// Class nouns: what a noun says about the thing it stands for. Groups of nouns that can stand for one another, each with its coarse type.
import type { CoarseType } from '../../../ontology/index.ts'

interface NounGroup {
  readonly coarse: CoarseType
  readonly nouns: readonly string[]
}

const list = (coarse: CoarseType, nouns: string): NounGroup => ({ coarse, nouns: nouns.trim().split(/\s+/u) })

export const NOUN_GROUPS: readonly NounGroup[] = [
  list('PER', `person human man woman boy girl child people individual`),
  list('PER', `husband wife spouse father mother son daughter brother sister uncle aunt nephew niece grandfather grandmother grandson granddaughter cousin parent sibling partner fiance fiancee widow widower stepfather stepmother twin`),
  list('PER', `actor actress singer musician rapper guitarist drummer bassist pianist composer conductor songwriter producer dancer comedian entertainer artist painter sculptor photographer architect designer director filmmaker screenwriter writer author poet novelist playwright journalist editor reporter columnist blogger critic translator historian philosopher`),
  list('PER', `scientist researcher physicist chemist biologist mathematician astronomer engineer inventor scholar professor lecturer teacher student postdoc technician psychologist economist doctor physician surgeon nurse patient dentist developer programmer`),
  list('PER', `president minister premier chancellor governor senator mayor politician congressman congresswoman lawmaker ambassador diplomat secretary king queen prince princess emperor empress duke duchess monarch ruler leader dictator activist lawyer attorney judge prosecutor officer detective policeman inspector sheriff soldier general admiral colonel captain lieutenant commander spy`),
  list('PER', `founder cofounder co-founder ceo chairman chairwoman chair executive manager entrepreneur businessman businesswoman businessperson investor owner employee worker operator driver farmer banker consultant analyst accountant boss chief head`),
  list('PER', `player footballer striker midfielder defender goalkeeper quarterback pitcher athlete swimmer runner cyclist boxer wrestler golfer coach referee umpire skater gymnast racer champion winner batsman bowler cricketer`),
  list('PER', `priest bishop archbishop cardinal pope monk nun saint pastor rabbi imam missionary theologian hero villain character victim suspect witness member resident neighbour neighbor friend colleague guest host passenger`),
  list('ORG', `company firm corporation business enterprise startup start-up manufacturer maker retailer supplier vendor contractor publisher brewery airline carrier airways operator automaker conglomerate subsidiary parent brand chain bank insurer broker brokerage fund developer studio label producer distributor`),
  list('ORG', `organization organisation institution agency authority body association society foundation charity trust council committee commission board union federation confederation league alliance coalition network consortium ngo nonprofit group`),
  list('ORG', `university college school academy institute faculty polytechnic seminary laboratory lab department unit section center centre clinic hospital museum library`),
  list('ORG', `government ministry parliament senate congress cabinet court police army navy brigade regiment battalion division force troop bureau office party movement administration`),
  list('ORG', `team club squad band orchestra choir ensemble quartet troupe crew guild`),
  list('ORG', `newspaper magazine journal broadcaster station channel`),
  list('LOC', `place location site spot area region district zone territory province state county prefecture borough municipality commune parish canton republic nation country kingdom empire colony continent`),
  list('LOC', `city town village hamlet suburb neighborhood neighbourhood capital settlement port harbour harbor metropolis quarter`),
  list('LOC', `river lake sea ocean bay gulf strait canal creek stream waterfall island peninsula cape beach coast mountain mount hill peak volcano valley canyon desert forest park garden reserve`),
  list('LOC', `street road avenue boulevard lane square plaza highway bridge tunnel railway line station airport airfield airbase runway terminal pier quay`),
  list('LOC', `building tower house castle palace cathedral church mosque temple monastery abbey chapel theatre theater stadium arena hotel factory plant mill warehouse yard ward hall prison mansion monument memorial skyscraper shop store restaurant`),
  list('MISC', `program programme application app platform service system software tool engine module component portal dashboard gateway website site bot plugin suite product api interface script job`),
  list('MISC', `server machine cluster node host vm computer box appliance`),
  list('MISC', `database warehouse cache archive store repository datastore registry index ledger bucket queue`),
  list('MISC', `language framework library protocol standard algorithm method model network technique approach architecture classifier`),
  list('MISC', `dataset data corpus corpora benchmark survey recording collection set census`),
  list('MISC', `project study programme initiative experiment investigation trial mission`),
  list('MISC', `paper thesis dissertation report book preprint article novel poem play essay publication memoir biography story textbook monograph`),
  list('MISC', `film movie documentary series show sitcom episode season drama musical opera video game`),
  list('MISC', `song album single track record ep symphony concerto composition anthem`),
  list('MISC', `machine device equipment fitting apparatus instrument pump valve motor crane boiler conveyor press sensor alarm detector extinguisher hoist compressor generator turbine`),
  list('MISC', `vehicle car truck lorry bus train tram ferry ambulance forklift van locomotive ship boat vessel submarine carrier aircraft airplane plane helicopter jet fighter rocket spacecraft satellite`),
  list('MISC', `incident accident fire leak fall breakdown explosion collision crash derailment spill spillage flood flooding failure outage event injury collapse blast`),
  list('MISC', `factor defect mistake omission circumstance cause error fault crack negligence wear corrosion fatigue shortcoming`),
  list('MISC', `war battle conflict siege campaign revolution rebellion operation treaty agreement act law bill constitution amendment`),
  list('MISC', `election referendum tournament championship cup olympics games festival conference ceremony award prize medal competition race`),
  list('MISC', `disease disorder syndrome illness infection condition cancer drug medicine chemical compound protein gene enzyme molecule element mineral`),
  list('MISC', `species genus animal plant bird fish dog horse flower tree insect`),
  list('MISC', `food dish ingredient dessert cake soup sauce bread cheese drink beverage wine beer`),
  list('MISC', `nationality people ethnicity demonym language tribe religion`),
]

const FEMALE = new Set('woman girl wife mother daughter sister aunt niece grandmother granddaughter widow fiancee stepmother actress empress queen princess duchess congresswoman businesswoman chairwoman nun waitress hostess heroine spokeswoman'.split(' '))
const MALE = new Set('man boy husband father son brother uncle nephew grandfather grandson widower fiance stepfather king prince emperor duke congressman businessman chairman policeman monk priest pope waiter hero spokesman footman gentleman'.split(' '))

const IRREGULAR = new Map(Object.entries({ men: 'man', women: 'woman', children: 'child', people: 'people', wives: 'wife', lives: 'life', policemen: 'policeman', businessmen: 'businessman', mice: 'mouse', companies: 'company', data: 'data', series: 'series', species: 'species', games: 'games', indices: 'index', theses: 'thesis', analyses: 'analysis', bus: 'bus', gas: 'gas', boss: 'boss', status: 'status', headquarters: 'headquarters', wolves: 'wolf', knives: 'knife' }))

const COARSE: ReadonlyMap<string, CoarseType> = new Map(NOUN_GROUPS.flatMap(group => group.nouns.map(noun => [noun, group.coarse] as const)).reverse())

const GROUPS: ReadonlyMap<string, readonly number[]> = groupIndex()

/** Singular of an English noun in lower case, by rule. */
export function singular(word: string): string {
  const known = IRREGULAR.get(word)
  if (known !== undefined) return known
  if (COARSE.has(word) || word.length < 4 || !word.endsWith('s') || /(?:ss|us|is)$/u.test(word)) return word
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (/(?:ches|shes|sses|xes|zes)$/u.test(word)) return word.slice(0, -2)
  return word.slice(0, -1)
}

/** Whether a noun in lower case is a plural by its form. */
export function isPlural(word: string): boolean {
  return word === 'people' || word === 'police' || (singular(word) !== word) || IRREGULAR.has(word) && IRREGULAR.get(word) !== word
}

/** Coarse type of the things that a singular noun stands for. */
export function nounCoarse(noun: string): CoarseType | undefined {
  return COARSE.get(noun)
}

/** Whether two singular nouns stand in one group: can name the same thing. */
export function sameGroup(a: string, b: string): boolean {
  return a === b || (GROUPS.get(a)?.some(group => GROUPS.get(b)?.includes(group)) ?? false)
}

/** Nouns that stand in a group with `noun`, itself included. */
export function neighbours(noun: string): readonly string[] {
  return [...new Set([noun, ...(GROUPS.get(noun) ?? []).flatMap(group => NOUN_GROUPS[group]?.nouns ?? [])])]
}

/** Gender that a singular noun tells. */
export function nounGender(noun: string): 'male' | 'female' | undefined {
  return FEMALE.has(noun) ? 'female' : MALE.has(noun) ? 'male' : undefined
}

function groupIndex(): Map<string, number[]> {
  const index = new Map<string, number[]>()
  NOUN_GROUPS.forEach((group, at) => {
    for (const noun of group.nouns) index.set(noun, [...(index.get(noun) ?? []), at])
  })
  return index
}
