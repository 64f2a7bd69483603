// Common first names of many origins with their gender, and titles that stand before a person's name.
type Gender = 'male' | 'female'

const MALE = `
aaron abdul abdullah abel abraham abu adam adebayo adewale adrian ahmad ahmed akira alan albert alec alejandro alessandro alex alexander alexandre alexei alfonso alfred ali alistair allan allen alan alvaro amadou amir anders andre andrea andreas andrei andres andrew andrey andy angelo anil anthony antoine anton antonio anwar archibald archie ari arjun armando arnold arthur arturo ashok augustus austin axel aziz
barack barry bart bartholomew basil ben benedict benito benjamin bernard bernardo bert bertrand bill billy bjorn bob bobby boris brad bradley brandon brendan brent brett brian bruce bruno bryan byron caleb calvin cameron carl carlo carlos cecil cedric cesar chad charles charlie chen chinedu chris christian christopher chuck claude claudio clement cliff clifford clive clyde colin conrad constantine corey cornelius craig curtis cyril cyrus
dale damian damien dan daniel danny dario darius darren dave david dean dennis denis derek derrick desmond dev diego dieter dietrich dimitri dirk dmitri dmitry dominic don donald douglas doug duncan dwight dylan earl ed eddie edgar edmond edmund eduardo edward edwin egon eli elias elijah elliot elliott ellis elmer elton emanuel emil emile emmanuel enrico enrique eric erich erik ernest ernesto ernst erwin esteban ethan eugene evan everett ezra
fabian fabio faisal farid felipe felix ferdinand fernando fidel filip florian floyd francesco francis francisco franco frank franklin franz fred freddie frederic frederick friedrich fritz fyodor gabriel gareth garrett gary gavin gene geoff geoffrey george gerald gerard gerhard german gianni gilbert gilles giorgio giovanni giuseppe glen glenn gordon graham grant greg gregor gregory guillaume guillermo gunther gus gustav gustavo guy
hamid hank hans harald harold haruki harrison harry harvey hassan hector heinrich heinz helmut hendrik henk henri henrik henry herbert herman hermann hideo hiro hiroshi horace howard hubert hugh hugo humphrey hussein ian ibrahim ignacio igor ilya immanuel irving isaac isaiah ismail ivan ivo jack jacob jacques jaime jakob jakub jamal james jamie jan jared jaroslav jason javier jay jean jeff jefferson jeffrey jens jeremiah jeremy jerome jerry jesse jesus jim jimmy joachim joao joaquin joe joel johan johann johannes john johnny jon jonas jonathan jordi jorge jose josef joseph josh joshua juan jules julian julio julius jun jurgen justin
kamal karel karim karl kazimierz keith ken kenji kenneth kent kevin khalid kiran klaus knut kofi konrad konstantin kris kristian kurt kwame kyle lance larry lars laurence laurent lawrence leo leon leonard leonardo leonid leopold leroy leslie lev lewis li liam lionel lloyd lorenzo lou louis luc luca lucas lucian lucien ludwig luigi luis luiz lukas luke luther magnus mahmoud malcolm manfred manuel marc marcel marcello marco marcos marcus mario marius mark marlon marshall martin marvin mateo mathias matt matteo matthew matthias maurice mauricio max maxim maximilian maxwell mehmet melvin michael michel miguel mikael mike mikhail milan miles milos milton mitch mohamed mohammad mohammed mohan morgan morris moses muhammad murray mustafa
nasser nathan nathaniel ned neil nelson nicholas nick nicolas niels nigel nikita nikola nikolai nikolaus nils noah noam noel norman olaf oleg oliver olivier omar orlando orson oscar osman oswald otto owen pablo pascal pat patrick paul paulo pavel pedro per percy perry peter petr phil philip philippe phillip pierre pieter piotr pranav prakash quentin quincy rafael rainer raj rajesh rajiv ralph ramesh ramon randall randolph randy raphael rashid raul ravi ray raymond reginald rene reuben rex ricardo riccardo richard rick ricky rob robert roberto robin rod roderick rodney rodrigo roger rohan roland rolf roman ron ronald ronnie rory ross roy ruben rudolf rudolph rupert russell ryan
saeed salim salman salvador salvatore sam sami samuel sanjay santiago satoshi saul scott sean sebastian serge sergei sergey sergio seth shane shaun shawn sheldon shinji sid sidney siegfried sigmund simon solomon spencer stan stanislav stanley stefan stephan stephen stephane steve steven stewart stuart subhas sunil sven sydney tadeusz takeshi tariq ted terence terrence terry theo theodor theodore thomas tim timothy toby todd tom tomas tommaso tommy tony travis trevor tristan troy tunde tyler umberto uwe vaclav valentin valery vasily vernon victor vijay vikram vince vincent vincenzo viktor vittorio vivek vladimir wade walt walter warren wayne wei wendell werner wesley wilfred wilhelm will willem william willie willis wilson winston wolfgang wyatt xavier yann yasser yasuo yves yuri yusuf zachary zack zaid zoltan
`
const FEMALE = `
abigail ada adelaide adele adriana agatha agnes aicha aisha akiko alana alberta alessandra alexandra alexis alice alicia alina alison allison alma amanda amara amber amelia amina amy ana anastasia andrea angela angelica angelina anita anja ann anna annabel anne anneliese annette annie antonia anya april ariana ashley astrid audrey aurora ava ayesha barbara beatrice beatrix becky belinda bella bernadette bertha beth bethany betty beverly bianca blanche bonnie brenda bridget britney brooke
camilla candice carla carmen carol carole carolina caroline carolyn carrie cassandra catalina catherine cathy cecilia celeste celia celine charlotte chelsea cheryl chiara chiyo chloe christa christina christine cindy claire clara clarissa claudia clementine colleen constance cora cordelia cornelia courtney cristina cynthia dagmar daisy dana daniela danielle daphne dawn deborah debbie debra deirdre delia denise diana diane dina dolores donna dora doris dorothea dorothy
edith edna eileen elaine eleanor elena elisa elisabeth eliza elizabeth ella ellen elsa elsie elvira emilia emily emma erica erika erin esmeralda esperanza estelle esther ethel etta eugenia eunice eva eve evelyn fatima faye felicia fiona flora florence frances francesca francine freda frieda gabriela gabrielle gail gemma genevieve georgia georgina geraldine gertrude gina giovanna giulia gladys glenda gloria grace greta gretchen gwen gwendolyn hannah harriet hazel heather hedwig heidi helen helena helene helga henrietta hilary hilda hillary hope ida ilse imelda imogen indira ines ingrid irene irina iris irma isabel isabella isabelle ivy
jackie jacqueline jana jane janet janice janine jasmine jean jeanette jeanne jennifer jenny jessica jessie jill jo joan joanna joanne jocelyn johanna josephine joy joyce juanita judith judy julia juliana julie juliet juliette june justine kamala karen karin karina kate katarina katharina katharine katherine kathleen kathryn kathy katie katrina kay kayla keiko kelly kimberly kim kirsten kristen kristin kristina kylie lakshmi lara latifa laura lauren laurie layla lea leah leila lena leona leonora leslie leticia lila lilian lillian lily linda lindsay lisa livia liz liza lois lola lora loretta lorna lorraine louisa louise lucia lucille lucinda lucy ludmila luisa lydia lynn
mabel madeleine madeline madonna maggie magdalena maja mandy manuela mara marcella marcia margaret margarita margot marguerite maria mariah mariam marian marianne marie marilyn marina marion marisa marjorie marlene marta martha martina mary maryam mathilde matilda maud maureen mavis maxine may megan mei melanie melinda melissa mercedes meredith mia michaela michelle mildred mina mindy miranda miriam mirjana moira molly mona monica monique muriel myra myrtle nadia nadine nancy naomi natalia natalie natasha nell nellie nicole nina noemi nora norma odette olga olive olivia ophelia oprah paige pamela patience patricia patsy patti paula pauline pearl peggy penelope penny petra philippa phoebe phyllis polly prisca priscilla priya
rachel ramona raquel rebecca regina renata renee rhoda rhonda rita roberta rosa rosalind rosamund rose rosemary rosie ruby ruth sabina sabrina sally salma samantha sandra sara sarah sasha saskia savannah selena selma serena shakira sharon sheila shelley shirley sierra sigrid silvia simone sofia sonia sonja sophia sophie stacy stella stephanie sue sunita susan susana susanna susannah suzanne sybil sylvia svetlana tabitha tamara tammy tania tanya tara tatiana teresa tess tessa thelma theresa therese tiffany tina tracy trudy ursula valentina valerie vanessa vera verena veronica vicky victoria viola violet virginia vivian viviane wanda wendy whitney wilhelmina wilma winifred winnie xenia yasmin yoko yolanda yuko yvette yvonne zahra zainab zara zelda zoe zora
`

const FIRST_NAMES: ReadonlyMap<string, Gender | 'either'> = index()

/** Gender that a first name (lower case, without accents) usually has; `either` where both are common; undefined for a word that is no known first name. */
export function firstName(word: string): Gender | 'either' | undefined {
  return FIRST_NAMES.get(word)
}

/** Words that begin a letter, before the name of whom it greets. */
export const GREETINGS: ReadonlySet<string> = new Set(['dear', 'hello', 'hi', 'hey'])

/** Titles before a person's name that are no part of it, with the gender they tell. */
export const TITLES: ReadonlyMap<string, Gender | undefined> = new Map<string, Gender | undefined>([
  ['mr', 'male'], ['mister', 'male'], ['sir', 'male'], ['monsieur', 'male'], ['herr', 'male'], ['señor', 'male'], ['father', 'male'], ['brother', 'male'], ['uncle', 'male'], ['congressman', 'male'], ['chairman', 'male'],
  ['mrs', 'female'], ['ms', 'female'], ['miss', 'female'], ['dame', 'female'], ['madame', 'female'], ['mme', 'female'], ['mlle', 'female'], ['frau', 'female'], ['señora', 'female'], ['sister', 'female'], ['aunt', 'female'], ['mother', 'female'], ['congresswoman', 'female'], ['chairwoman', 'female'],
  ...words(`dr doctor prof professor president senator sen governor gov mayor captain capt general gen colonel col lieutenant lt sergeant sgt major maj commander admiral corporal private chief minister secretary
    judge justice rev reverend rabbi imam sheikh bishop archbishop cardinal ambassador detective inspector officer constable coach chancellor premier engineer nurse representative rep congressmember speaker chairperson
    director manager prime vice deputy former then late acting ex-president vice-president hon honorable honourable phd attorney counsel lawyer marshal commissioner superintendent sheriff agent supervisor dean provost`)
    .map(title => [title, undefined] as const),
])

/** Titles that belong to the name: Queen Victoria, Pope Francis. */
export const NAMING_TITLES: ReadonlyMap<string, Gender | undefined> = new Map<string, Gender | undefined>([
  ['king', 'male'], ['prince', 'male'], ['pope', 'male'], ['emperor', 'male'], ['duke', 'male'], ['lord', 'male'], ['tsar', 'male'], ['count', 'male'], ['baron', 'male'], ['earl', 'male'], ['sultan', 'male'],
  ['queen', 'female'], ['princess', 'female'], ['empress', 'female'], ['duchess', 'female'], ['lady', 'female'], ['countess', 'female'], ['baroness', 'female'],
  ['saint', undefined], ['st', undefined],
])

function index(): Map<string, Gender | 'either'> {
  const male = words(MALE)
  const names = new Map<string, Gender | 'either'>(male.map(name => [name, 'male'] as const))
  for (const name of words(FEMALE)) names.set(name, names.has(name) ? 'either' : 'female')
  return names
}

function words(block: string): string[] {
  return block.trim().split(/\s+/u)
}
